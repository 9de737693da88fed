/** Timers with a length of their own, which a network may set. */
export const policyTimers = [
  'deliver-by',
  'acknowledge-by',
  'respond-by',
  'info-reply-by',
  'review-by',
  'withdrawal-effective',
  'suspension',
  'reroute-by',
  'first-contact-by',
  'needed-by',
  'stale-update',
] as const;
export type PolicyTimer = (typeof policyTimers)[number];

/** `waitlist-review` lasts until the review date that the agency names. */
export const timerNames = [...policyTimers, 'waitlist-review'] as const;
export type TimerName = (typeof timerNames)[number];
