export const outputKinds = [
  'service-delivered',
  'appointment-held',
  'placement',
  'referral-onward',
  'document',
  'other',
] as const;
export type OutputKind = (typeof outputKinds)[number];
