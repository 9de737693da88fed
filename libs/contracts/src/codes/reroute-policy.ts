export const reroutePolicies = ['auto', 'propose'] as const;
export type ReroutePolicy = (typeof reroutePolicies)[number];
