import { ServiceUnavailable, TooMany } from '../problems/later.problems.ts';

/** A body up to this size is too small to be counted. */
const smallBody = 64 * 1024;
const megabyte = 1024 * 1024;

export interface BodyBudgets {
  readonly perPerson: number;
  readonly total: number;
}

/**
 * Three files in parallel for one person, eight for everybody in this process: reading them takes several times as much
 * memory.
 */
const usualBudgets: BodyBudgets = { perPerson: 24 * megabyte, total: 64 * megabyte };

/** The bytes of large bodies in progress, from before the first byte is read until the request is answered. */
export class BodyBudget {
  private total = 0;
  private readonly ofPerson = new Map<string, number>();

  constructor(private readonly budgets: BodyBudgets = usualBudgets) {}

  /**
   * Reserves this many bytes. The returned function releases them, once; it is undefined for a body that is too small to
   * count. Throws {@link TooMany} if one person has too much in progress, {@link ServiceUnavailable} if everybody
   * together has.
   */
  take(personId: string, bytes: number): (() => void) | undefined {
    if (bytes <= smallBody) return undefined;
    const own = this.ofPerson.get(personId) ?? 0;
    if (own > 0 && own + bytes > this.budgets.perPerson) throw new TooMany(1);
    if (this.total > 0 && this.total + bytes > this.budgets.total) throw new ServiceUnavailable(1);
    this.add(personId, bytes);
    let isTaken = true;
    return () => {
      if (isTaken) this.add(personId, -bytes);
      isTaken = false;
    };
  }

  private add(personId: string, bytes: number): void {
    this.total += bytes;
    const own = (this.ofPerson.get(personId) ?? 0) + bytes;
    if (own === 0) this.ofPerson.delete(personId);
    else this.ofPerson.set(personId, own);
  }
}
