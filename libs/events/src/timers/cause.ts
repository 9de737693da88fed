import type { EventEnvelope } from '#contracts';
import type { DueTimer, TimerChange } from './timer.ts';

/** What set a timer that is due immediately, so that its events keep the correlation of their cause (contract.md §3.1). */
export interface Cause {
  readonly correlationId: string;
  /** The event; null if a command set the timer. */
  readonly causationId: string | null;
  readonly traceparent: string | null;
}

/** The timer with its cause in the payload. */
export function causedBy(change: TimerChange, { correlationId, causationId, traceparent }: Cause): TimerChange {
  return { ...change, payload: { ...change.payload, cause: { correlationId, causationId, traceparent } } };
}

/** The cause of everything that follows from an event. */
export function causeIn({ id, correlationId, traceparent }: EventEnvelope): Cause {
  return { correlationId, causationId: id, traceparent };
}

/** Undefined for a timer that only time triggers. */
export function causeOf({ payload }: Pick<DueTimer, 'payload'>): Cause | undefined {
  const { cause } = payload as { readonly cause?: Cause };
  return cause;
}
