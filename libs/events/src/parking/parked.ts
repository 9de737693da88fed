import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';
import { listStatement, requestStatement } from './parking.statements.ts';

/** `failed`: the handler refused it. `invalid`: it cannot be read. `waits`: an earlier event of its key is parked. */
export type ParkedBecause = 'failed' | 'invalid' | 'waits';

/** The head of a parked key, as a person sees it (contract.md §2.4). */
export interface ParkedView {
  readonly parkedId: string;
  readonly group: string;
  readonly eventId: string;
  readonly type: string | null;
  readonly key: string;
  readonly reason: string;
  readonly attempts: number;
  readonly firstAt: InstantText;
  /** How many later events of the key wait behind it. */
  readonly waitingBehind: number;
}

export interface ParkedOptions {
  /** Called after the commit of a redrive request: wakes the strategy (`strategy.redriveSoon()`). */
  readonly requested?: () => void;
}

/** Events that wait for a person. */
export class Parked {
  constructor(private readonly options: ParkedOptions = {}) {}

  /** The heads of parked keys, oldest first; `after` is the parkedId of the last one seen. */
  async list(tx: Tx, page: { readonly after?: string; readonly limit: number }): Promise<readonly ParkedView[]> {
    return tx.query<ParkedView>(listStatement, [page.after ?? null, page.limit]);
  }

  /**
   * Asks that the key of this parked event be read again from its first parked event, in order, each in its own
   * transaction; the strategy does it after the commit. False when there is no such parked event.
   */
  async redrive(tx: Tx, parkedId: string): Promise<boolean> {
    const rows = await tx.query(requestStatement, [parkedId]);
    if (rows.length === 0) return false;
    tx.afterCommit(() => this.options.requested?.());
    return true;
  }
}
