/** What a consent record may lack. Each kind of consent says which elements it requires, and by which rule. */
export const consentElements = [
  'signed-name',
  'disclosers',
  'recipients',
  'categories',
  'purposes',
  'directions',
  'return-path',
  'expiry',
  'statement',
  'language',
  'signer',
  'signed-at',
  'attestation',
  'evidence',
  'written-signature',
  'owner-confirmation',
] as const;
export type ConsentElement = (typeof consentElements)[number];
