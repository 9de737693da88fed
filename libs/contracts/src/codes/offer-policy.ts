export const offerPolicies = ['single', 'first-accept', 'confirm-one'] as const;
export type OfferPolicy = (typeof offerPolicies)[number];
