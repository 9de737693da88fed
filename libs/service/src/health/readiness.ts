import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';

/**
 * How far a replica of another service's facts lags, shown beside the readiness under `name`. Requests are answered
 * anyway.
 */
export interface LagCheck {
  readonly name: string;
  readonly check: (tx: Tx, now: InstantText) => Promise<Omit<ReadinessCheck, 'needed'>>;
}

/** Tells whether a service can answer requests and, if not, what is missing. Details contain no address and no secret. */
export interface Readiness {
  readonly status: 'ready' | 'not-ready';
  readonly service: string;
  /** What requests need, and also what only lags: `needed` false. */
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
}

export interface ReadinessCheck {
  readonly ready: boolean;
  /** False: requests are answered without it, and the missing facts arrive later. */
  readonly needed?: boolean;
  readonly detail: string;
  /** For the relay: true once everything that the log held when it started has been sent. */
  readonly allSent?: boolean;
}
