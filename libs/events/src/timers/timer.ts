import type { InstantText } from '#contracts';

/** Due by order and not by the clock: a wrong clock cannot delay what is requested for now. */
export const atOnce = 'at-once';

/** A timer to set, to move (same kind and subject) or, with `dueAt` null, to remove. `payload` holds only ids and codes. */
export interface TimerChange {
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: InstantText | typeof atOnce | null;
  /**
   * For a pause before another attempt: its length. If the stored instant is further ahead than this, the clock was wrong
   * and the pause is over.
   */
  readonly pauseMs?: number;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A timer that the worker is firing. `key` is the stream that it belongs to; `attempts` counts the earlier failures. */
export interface DueTimer {
  readonly kind: string;
  readonly key: string;
  readonly subject: string;
  readonly dueAt: InstantText | typeof atOnce;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  /** Changes each time the timer is set: a timer that was set again while it fired is not done yet. */
  readonly place: string;
  /** The pause before this attempt, after a failed one. */
  readonly pausedMs: number | null;
}
