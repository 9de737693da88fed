export const taskStates = [
  'draft',
  'awaiting-consent',
  'sent',
  'received',
  'info-requested',
  'accepted',
  'in-progress',
  'on-hold',
  'decline-review',
  'declined',
  'redirected',
  'withdrawn',
  'expired',
  'completed',
  'not-completed',
  'entered-in-error',
] as const;
export type TaskState = (typeof taskStates)[number];
