import { ServiceUnavailable, TooMany } from '../problems/later.problems.ts';

/** Up to here a body is too small to be worth counting. */
const smallBody = 64 * 1024;
const megabyte = 1024 * 1024;

export interface BodyBudgets {
  readonly perPerson: number;
  readonly total: number;
}

/** Three files at once for one person, eight for everybody in this process: several times as much memory while they are read. */
const usualBudgets: BodyBudgets = { perPerson: 24 * megabyte, total: 64 * megabyte };

/** Bytes of large bodies under way, from before the first is read until their request is answered. */
export class BodyBudget {
  private total = 0;
  private readonly ofPerson = new Map<string, number>();

  constructor(private readonly budgets: BodyBudgets = usualBudgets) {}

  /**
   * Takes so many bytes; the returned function gives them back, once; none for a body that is not worth it. Throws {@link TooMany} where one person has too
   * much under way, {@link ServiceUnavailable} where everybody together has.
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
