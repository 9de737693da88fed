import type { EventEnvelope, InstantText } from '#contracts';
import type { Tx, UnitOfWork } from '#persistence';
import type { Clock } from '../clock.ts';

/** What a handler of one event is given beside the event. */
export interface ReadContext {
  /** Scope `system` with the event's key. A handler that appends locks its stream before it writes anything. */
  readonly tx: Tx;
  readonly envelope: EventEnvelope;
  readonly now: InstantText;
  /** A rebuild hands it over once more: make the rows, tell nobody anything. */
  readonly replayed: boolean;
}

/** What a batch handler is given beside the events. It must not append events of its own. */
export interface BatchContext {
  /** Scope `system`, key ''. */
  readonly tx: Tx;
  readonly now: InstantText;
  /** A rebuild hands them over once more: make the rows, tell nobody anything. */
  readonly replayed: boolean;
}

/** A mark that the publisher sends to each partition after all that it has sent (contract.md §3.1). */
export interface Mark<E = unknown> {
  readonly event: E;
  readonly partition: number;
  /** Its place in the partition, a decimal text: of two marks the newer one is the one that stands later. */
  readonly offset: string;
  /** How many partitions the topic has: a view is as fresh as the oldest mark of all of them. */
  readonly partitions: number;
}

/** What a watermark handler is given beside the mark. */
export interface MarkContext {
  /** Scope `system`, key ''. */
  readonly tx: Tx;
  readonly now: InstantText;
}

/** What became of one attempt. Reasons are words for people; the error itself stops at the wrapper (traps.md 29). */
export type Outcome =
  /** Now or earlier; but nothing was done with the events of keys that are `waiting` because they are parked. */
  | { readonly kind: 'handled'; readonly waiting: readonly string[] }
  /** Two transactions met (40P01, 40001): begin anew, never park. */
  | { readonly kind: 'met'; readonly reason: string }
  /** It took too long, or waited too long for a lock: its key waits and is tried again by itself, never parked. */
  | { readonly kind: 'slow'; readonly reason: string }
  /** The handler or a constraint refused: try again a few times, then park (or split). */
  | { readonly kind: 'failed'; readonly reason: string }
  /** No database: leave the batch, come back later. */
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/** What the wrapper needs from its service. */
export interface ReadingKit {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

/**
 * What a strategy hands to Nest for one attempt; the decorators' wrapper takes it apart. A class, so that the wrapper
 * tells it from a direct call by a test.
 */
export class Delivery {
  /** Set for a redrive: the key's lock is taken, and that the key is parked does not matter. */
  readonly redrive: boolean;
  readonly mark: Mark | undefined;
  /** Set for a rebuild, which keeps the inbox itself: the events are handled in its transaction, whatever is in there. */
  readonly within: Tx | undefined;

  constructor(
    readonly kit: ReadingKit,
    readonly group: string,
    readonly envelopes: readonly EventEnvelope[],
    how: { readonly redrive?: boolean; readonly mark?: Mark; readonly within?: Tx } = {},
  ) {
    this.redrive = how.redrive === true;
    this.mark = how.mark;
    this.within = how.within;
  }
}
