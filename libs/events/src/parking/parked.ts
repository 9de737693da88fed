import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';
import type { Statement } from '#persistence';
import { listStatement, ofNetworkStatement, redriveTimerStatement, requestStatement } from './parking.statements.ts';

/**
 * `failed`: the handler refused it. `invalid`: it cannot be read. `waits`: an earlier event of its key is parked. `slow`: it
 * took too long and is tried again by itself, so it and those behind it wait for no person and are not listed.
 */
export type ParkedBecause = 'failed' | 'invalid' | 'waits' | 'slow';

/**
 * What waits for a person, as they see it (contract.md §2.4): the head of a parked key of events, or a timer that could
 * not fire. Of a timer the group is `timers`, `type` its kind and `key` its stream.
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
  /** How many later events of the key wait behind it; behind a timer nothing waits. */
  readonly waitingBehind: number;
}

export interface ParkedPage {
  /** The parkedId of the last one seen. */
  readonly after?: string;
  readonly limit: number;
}

export interface ParkedOptions {
  /**
   * Subselects of one network's id by `k.id` (the stream key as a uuid), `k.value` and `k.headers` (the message): the
   * first that finds one says whose it is.
   */
  readonly networkOfKey?: readonly string[];
  /** Called after the commit of a redrive request: wakes the strategy (`strategy.redriveSoon()`). */
  readonly requested?: () => void;
  /** Called after the commit that let a timer go: wakes the timer worker. */
  readonly scheduled?: () => void;
}

/** Events and timers that wait for a person. */
export class Parked {
  private readonly listed: Statement;
  private readonly isOf: Statement;

  constructor(private readonly options: ParkedOptions = {}) {
    this.listed = listStatement(options.networkOfKey ?? []);
    this.isOf = ofNetworkStatement(options.networkOfKey ?? []);
  }

  /** The heads of parked keys and the parked timers, oldest first; with `networkId` only what belongs to that network. */
  async list(tx: Tx, page: ParkedPage, networkId?: string): Promise<readonly ParkedView[]> {
    return tx.query<ParkedView>(this.listed, [page.after ?? null, page.limit, networkId ?? null]);
  }

  /** Whether something of that id is parked, and belongs to the network. */
  async belongsTo(tx: Tx, parkedId: string, networkId: string): Promise<boolean> {
    const [found] = await tx.query(this.isOf, [parkedId, networkId]);
    return found !== undefined;
  }

  /**
   * Asks that the key of this parked event be read again from its first parked event, in order, each in its own
   * transaction; the strategy does it after the commit. A timer is tried again from its first attempt on. False when
   * nothing of that id is parked.
   */
  async redrive(tx: Tx, parkedId: string): Promise<boolean> {
    const events = await tx.query(requestStatement, [parkedId]);
    const timers = events.length > 0 ? [] : await tx.query(redriveTimerStatement, [parkedId]);
    if (events.length > 0) tx.afterCommit(() => this.options.requested?.());
    if (timers.length > 0) tx.afterCommit(() => this.options.scheduled?.());
    return events.length + timers.length > 0;
  }
}
