export const timerNames = [
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
  'waitlist-review',
] as const;
export type TimerName = (typeof timerNames)[number];
