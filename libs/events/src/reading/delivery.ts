import type { EventEnvelope, InstantText } from '#contracts';
import type { Tx, UnitOfWork } from '#persistence';
import type { Clock } from '../clock.ts';

/** What a handler of one event receives beside the event. */
export interface ReadContext {
  /** Scope `system` with the event's key. A handler that appends must lock its stream before it writes anything. */
  readonly tx: Tx;
  readonly envelope: EventEnvelope;
  readonly now: InstantText;
  /** A rebuild delivers the event again: write the rows, but notify nobody. */
  readonly replayed: boolean;
}

/** What a batch handler receives beside the events. It must not append events of its own. */
export interface BatchContext {
  /** Scope `system`, key ''. */
  readonly tx: Tx;
  readonly now: InstantText;
  /** A rebuild delivers the events again: write the rows, but notify nobody. */
  readonly replayed: boolean;
}

/** A mark that the publisher sends to each partition after everything before it was sent (contract.md §3.1). */
export interface Mark<E = unknown> {
  readonly event: E;
  readonly partition: number;
  /** Its offset in the partition, a decimal text: the mark with the higher offset is newer. */
  readonly offset: string;
  /** The number of partitions of the topic: a view is as fresh as the oldest of their marks. */
  readonly partitions: number;
}

/** What a watermark handler receives beside the mark. */
export interface MarkContext {
  /** Scope `system`, key ''. */
  readonly tx: Tx;
  readonly now: InstantText;
}

/**
 * The outcome of one attempt. Reasons are sentences for people; the error itself does not leave the wrapper (traps.md
 * 29).
 */
export type AttemptOutcome =
  /** Handled, now or earlier. Events of the keys in `waiting` were skipped, because these keys are parked. */
  | { readonly kind: 'handled'; readonly waiting: readonly string[] }
  /** A deadlock or serialization failure (40P01, 40001): retry, never park. */
  | { readonly kind: 'met'; readonly reason: string }
  /**
   * It took too long or waited too long for a lock: its key waits and is retried automatically, never parked for a
   * person.
   */
  | { readonly kind: 'slow'; readonly reason: string }
  /** The handler or a constraint refused: retry a few times, then park (or split). */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The database is unavailable: leave the batch and come back later. */
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/** What the wrapper needs from its service. */
export interface ReadingKit {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

/**
 * What a strategy passes to Nest for one attempt; the decorators' wrapper unpacks it. It is a class, so that the wrapper
 * can tell it from a direct call in a test.
 */
export class DeliveryAttempt {
  /** Set for a redrive: the key's lock is already held, and the key may be parked. */
  readonly redrive: boolean;
  readonly mark: Mark | undefined;
  /**
   * Set for a rebuild, which manages the inbox itself: the events are handled in its transaction, whatever the inbox
   * contains.
   */
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
