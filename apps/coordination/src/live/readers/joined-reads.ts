import type { Scope } from '#persistence';
import type { Change } from '../live.ts';

/** Reads a part of the changes that a scope may see. */
export type ReadChanges = (scope: Scope, after: number, upTo: number, limit: number) => Promise<readonly Change[]>;

/** How long the result for one scope is kept for streams of that scope that read a little later. */
const keptForMs = 2000;
/** The number of database connections it may use, because everything else needs connections too. */
const mostAtOnce = 2;

/**
 * One read for all streams of a scope, however many there are. Changes between two committed ones never change again, so
 * what was read for one stream is valid for the others.
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

/** The key of a scope: all readers of one organization, or of one network, see the same changes. */
export function circleOf(scope: Scope): string {
  if (scope.kind === 'network') return `network ${scope.networkId}`;
  return scope.kind === 'tenant' ? `organization ${scope.organizationId}` : scope.kind;
}
