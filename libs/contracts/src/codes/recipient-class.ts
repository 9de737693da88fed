/**
 * Recipients named by class instead of by name; only a treatment-payment-operations consent may do this (42 CFR
 * 2.31(a)(4)(i)).
 */
export const recipientClasses = ['treating-programmes'] as const;
export type RecipientClass = (typeof recipientClasses)[number];
