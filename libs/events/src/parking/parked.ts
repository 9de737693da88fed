import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';
import type { StatementNamed } from '#persistence';
import { listStatement, ofNetworkStatement, redriveTimerStatement, requestStatement } from './parking.statements.ts';

/**
 * `failed`: the handler refused it. `invalid`: it cannot be read. `waits`: an earlier event of its key is parked. `slow`:
 * it took too long and is retried automatically, so neither it nor the events behind it need a person or are listed.
 */
export type ParkedBecause = 'failed' | 'invalid' | 'waits' | 'slow';

/**
 * A parked entry as a person sees it (contract.md §2.4): the first event of a parked key, or a timer that could not fire.
 * For a timer, the group is `timers`, `type` is its kind and `key` is its stream.
 */
export interface ParkedView {
  readonly kind: 'event' | 'timer';
  readonly parkedId: string;
  readonly group: string;
  /** Null for a timer. */
  readonly eventId: string | null;
  readonly type: string | null;
  readonly key: string;
  readonly reason: string;
  readonly attempts: number;
  readonly firstAt: InstantText;
  /** The number of later events of the key behind it; 0 for a timer. */
  readonly waitingBehind: number;
}

export interface ParkedPage {
  /** The parkedId of the last one seen. */
  readonly after?: string;
  readonly limit: number;
}

export interface ParkedOptions {
  /**
   * Subselects that give one network's id from `k.id` (the stream key as a uuid), `k.value` and `k.headers` (the
   * message). The first one that finds an id decides which network owns the entry.
   */
  readonly networkOfKey?: readonly string[];
  /** Called after the commit of a redrive request: wakes the strategy (`strategy.redriveSoon()`). */
  readonly requested?: () => void;
  /** Called after the commit that released a timer: wakes the timer worker. */
  readonly scheduled?: () => void;
}

/** Events and timers that wait for a person. */
export class Parked {
  private readonly listed: StatementNamed<'parked list'>;
  private readonly isOf: StatementNamed<'parked of network'>;

  constructor(private readonly options: ParkedOptions = {}) {
    this.listed = listStatement(options.networkOfKey ?? []);
    this.isOf = ofNetworkStatement(options.networkOfKey ?? []);
  }

  /** The first events of parked keys and the parked timers, oldest first; with `networkId` only those of that network. */
  async list(tx: Tx, page: ParkedPage, networkId?: string): Promise<readonly ParkedView[]> {
    return tx.query(this.listed.reads<ParkedView>(), [page.after ?? null, page.limit, networkId ?? null]);
  }

  /** Tells whether an entry with that id is parked and belongs to the network. */
  async belongsTo(tx: Tx, parkedId: string, networkId: string): Promise<boolean> {
    const [found] = await tx.query(this.isOf, [parkedId, networkId]);
    return found !== undefined;
  }

  /**
   * Requests that the key of this parked event be read again from its first parked event, in order, each event in its own
   * transaction. The strategy does this after the commit. A timer starts again with its first attempt. False if nothing
   * with that id is parked.
   */
  async redrive(tx: Tx, parkedId: string): Promise<boolean> {
    const events = await tx.query(requestStatement, [parkedId]);
    const timers = events.length > 0 ? [] : await tx.query(redriveTimerStatement, [parkedId]);
    if (events.length > 0) tx.afterCommit(() => this.options.requested?.());
    if (timers.length > 0) tx.afterCommit(() => this.options.scheduled?.());
    return events.length + timers.length > 0;
  }
}
