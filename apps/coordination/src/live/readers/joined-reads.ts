import type { Scope } from '#persistence';
import type { Change } from '../live.ts';

/** Reads a part of the changes, as a scope may see them. */
export type ReadChanges = (scope: Scope, after: number, upTo: number, limit: number) => Promise<readonly Change[]>;

/** What one scope was given is kept so long, for those of its streams that ask a little later. */
const keptForMs = 2000;
/** Of the database's connections, which everybody else needs too. */
const mostAtOnce = 2;

/**
 * One read for all streams of a scope, however many listen. What lies between two changes that are committed never
 * changes again, so that what was read for one stream holds for the others.
 */
export class JoinedReads {
  private readonly kept = new Map<string, Promise<readonly Change[]>>();
  private readonly waiting: (() => void)[] = [];
  private underWay = 0;

  constructor(private readonly read: ReadChanges) {}

  seen(scope: Scope, after: number, upTo: number, limit: number): Promise<readonly Change[]> {
    const key = `${circleOf(scope)} ${after} ${upTo} ${limit}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const found = this.inTurn(() => this.read(scope, after, upTo, limit));
    this.kept.set(key, found);
    const forget = (): void => void this.kept.delete(key);
    found.then(() => setTimeout(forget, keptForMs).unref(), forget);
    return found;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.underWay >= mostAtOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.underWay += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.underWay -= 1;
      else next();
    }
  }
}

/** Whose changes a scope sees: of its organization, or of its network, whoever of them asks. */
export function circleOf(scope: Scope): string {
  if (scope.kind === 'network') return `network ${scope.networkId}`;
  return scope.kind === 'tenant' ? `organization ${scope.organizationId}` : scope.kind;
}
