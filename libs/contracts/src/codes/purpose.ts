export const purposes = ['care-coordination', 'treatment', 'payment-operations', 'emergency'] as const;
export type Purpose = (typeof purposes)[number];
