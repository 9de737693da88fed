export const consentValidities = ['active', 'expires-soon', 'expired', 'revoked', 'incomplete', 'unconfirmed'] as const;
export type ConsentValidity = (typeof consentValidities)[number];
