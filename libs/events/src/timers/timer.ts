import type { InstantText } from '#contracts';

/** A timer set, moved (same kind and subject) or, with `dueAt` null, removed. `payload` holds ids and codes only. */
export interface TimerChange {
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: InstantText | null;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A timer in the hand of the worker. `key` is the stream that it belongs to; `attempts` counts the failed ones before. */
export interface DueTimer {
  readonly kind: string;
  readonly key: string;
  readonly subject: string;
  readonly dueAt: InstantText;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempts: number;
}
