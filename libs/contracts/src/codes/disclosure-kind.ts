export const disclosureKinds = ['access-granted', 'opened', 'label-shown', 'access-ended'] as const;
export type DisclosureKind = (typeof disclosureKinds)[number];
