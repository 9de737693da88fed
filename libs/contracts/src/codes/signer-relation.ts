export const signerRelations = ['self', 'parent', 'guardian', 'personal-representative', 'power-of-attorney'] as const;
export type SignerRelation = (typeof signerRelations)[number];
