/** What a notification is about, without naming anybody: one per event and audience (contract.md §3.2). */
export const templates = [
  'consent-needed',
  'consent-expiring',
  'task-sent',
  'task-not-delivered',
  'task-received',
  'task-question',
  'task-reply',
  'new-information',
  'task-accepted',
  'task-declined',
  'task-declined-after-acceptance',
  'task-decline-proposed',
  'task-decline-returned',
  'task-redirected',
  'task-held',
  'task-resumed',
  'task-completed',
  'task-not-completed',
  'task-withdrawal-requested',
  'task-withdrawn',
  'task-suspended',
  'task-restored',
  'task-expired',
  'task-escalated',
  'reroute-proposed',
  'referral-closed',
  'everything-ended',
  'access-ended',
  'ledger-broken',
] as const;
export type Template = (typeof templates)[number];

/**
 * Why an attempt failed. `no-address`: identity has no address, the person has left, or no longer wants e-mails.
 * `refused`: the mail server refused for now (SMTP 4xx, or our sign-in failed). `rejected`: it refused for ever (5xx).
 * `unreachable`, `timed-out`: it did not answer.
 */
export const deliveryReasons = ['no-address', 'refused', 'unreachable', 'timed-out', 'rejected'] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];
