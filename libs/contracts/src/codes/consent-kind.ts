export const consentKinds = [
  'named-recipient',
  'treatment-payment-operations',
  'return-path',
  'contact',
  'general-attestation',
] as const;
export type ConsentKind = (typeof consentKinds)[number];
