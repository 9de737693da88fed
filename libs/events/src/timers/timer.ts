import type { InstantText } from '#contracts';

/** Due by order and not by the clock: whatever a clock says now or said then, nothing delays what is asked for now. */
export const atOnce = 'at-once';

/** A timer set, moved (same kind and subject) or, with `dueAt` null, removed. `payload` holds ids and codes only. */
export interface TimerChange {
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: InstantText | typeof atOnce | null;
  /**
   * For a pause before another attempt: how long it is. Of an instant further ahead than that, the clock was wrong, and
   * the pause is over.
   */
  readonly pauseMs?: number;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A timer in the hand of the worker. `key` is the stream that it belongs to; `attempts` counts the failed ones before. */
export interface DueTimer {
  readonly kind: string;
  readonly key: string;
  readonly subject: string;
  readonly dueAt: InstantText | typeof atOnce;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  /** Another one each time that the timer is set anew: what was set while it fired is not done yet. */
  readonly place: string;
  /** How long it waited before this attempt, after one that failed. */
  readonly pausedMs: number | null;
}
