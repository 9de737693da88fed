/**
 * How client data was read: a referral, the list of referrals, a client, a search, labels of Tasks, notes of a Task, a
 * document of one's own organization.
 */
export const readingKinds = [
  'referral',
  'referral-list',
  'client',
  'search',
  'label',
  'messages',
  'attachment',
] as const;
export type ReadingKind = (typeof readingKinds)[number];
