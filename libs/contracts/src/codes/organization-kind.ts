export const organizationKinds = ['hospital', 'agency', 'coordinating-body'] as const;
export type OrganizationKind = (typeof organizationKinds)[number];
