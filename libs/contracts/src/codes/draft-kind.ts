/** What a person is writing: a referral, or an action on a Task. */
export const draftKinds = ['referral', 'act'] as const;
export type DraftKind = (typeof draftKinds)[number];
