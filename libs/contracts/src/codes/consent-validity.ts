export const consentValidities = ['active', 'expires-soon', 'expired', 'revoked', 'incomplete'] as const;
export type ConsentValidity = (typeof consentValidities)[number];
