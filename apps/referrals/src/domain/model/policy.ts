import type { OfferPolicy, ReroutePolicy, TimerName } from '#contracts';

/** A timer's length in milliseconds; `then`: its second mark, counted from the same start. */
export interface TimerLength {
  readonly routine: number;
  readonly urgent: number;
  readonly then?: { readonly routine: number; readonly urgent: number };
}

export type TimerPolicy = Readonly<Record<TimerName, TimerLength>>;

/** What the network decided; defaults in timer/timer-policy.ts. */
export interface Policy {
  readonly reroute: ReroutePolicy;
  readonly offer: OfferPolicy;
  readonly declineReview: boolean;
  readonly timers: TimerPolicy;
  /** What `unable-to-contact` takes: attempts, different channels, days from the first to the last. */
  readonly attempts: { readonly count: number; readonly channels: number; readonly days: number };
  readonly declineReviewRounds: number;
}
