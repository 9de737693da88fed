import type { ContactAttemptsNeeded, OfferPolicy, PolicyTimer, ReroutePolicy } from '#contracts';

/** A timer's length in milliseconds. */
export interface TimerLength {
  readonly routine: number;
  readonly urgent: number;
}

export type TimerWithSecondMark = 'suspension' | 'stale-update';

/** The length of each timer; `then`: a second mark, counted from the same start. */
export type TimerPolicy = Readonly<
  Record<PolicyTimer, TimerLength> & Record<TimerWithSecondMark, { readonly then: TimerLength }>
>;

/** What the network decided; defaults in timer/timer-policy.ts. */
export interface Policy {
  readonly reroute: ReroutePolicy;
  readonly offer: OfferPolicy;
  readonly declineReview: boolean;
  readonly timers: TimerPolicy;
  readonly attempts: ContactAttemptsNeeded;
  readonly declineReviewRounds: number;
}
