export const holdStates = [
  'waitlisted',
  'awaiting-client',
  'awaiting-documents',
  'agency-pause',
  'consent-suspended',
] as const;
export type HoldState = (typeof holdStates)[number];
