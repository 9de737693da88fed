export const disclosureKinds = ['access-granted', 'opened', 'access-ended'] as const;
export type DisclosureKind = (typeof disclosureKinds)[number];
