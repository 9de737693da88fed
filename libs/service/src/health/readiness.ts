import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';

/** How far a service's copy of another's facts lags, told beside its readiness under `name`. Requests are answered without it. */
export interface LagCheck {
  readonly name: string;
  readonly check: (tx: Tx, now: InstantText) => Promise<Omit<ReadinessCheck, 'needed'>>;
}

/** Whether a service can answer requests, and if not, what is missing. Details name no address and no secret. */
export interface Readiness {
  readonly status: 'ready' | 'not-ready';
  readonly service: string;
  /** What requests need, and beside it what only lags: `needed` false. */
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
}

export interface ReadinessCheck {
  readonly ready: boolean;
  /** False: requests are answered without it, and what it lacks comes later. */
  readonly needed?: boolean;
  readonly detail: string;
  /** Of the relay: whether everything that the log held when it began has been sent. */
  readonly allSent?: boolean;
}
