export const consentMethods = ['e-signature', 'paper-scan', 'verbal-attestation'] as const;
export type ConsentMethod = (typeof consentMethods)[number];
