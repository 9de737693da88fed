export const closeCodes = ['closed-with-service', 'closed-without-service'] as const;
export type CloseCode = (typeof closeCodes)[number];
