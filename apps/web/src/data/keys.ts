/**
 * The keys of the cache. The first word is the noun, so that everything of a noun is found by it. No key holds what a
 * person typed: a search is kept by the id of its history entry.
 */
export const keys = {
  inbox: (filters: object) => ['inbox', filters] as const,
  board: (filters: object) => ['board', filters] as const,
  referrals: (filters: object) => ['referrals', filters] as const,
  task: (taskId: string) => ['task', taskId] as const,
  messages: (taskId: string) => ['messages', taskId] as const,
  label: (taskId: string) => ['label', taskId] as const,
  packet: (taskId: string) => ['packet', taskId] as const,
  referral: (referralId: string) => ['referral', referralId] as const,
  attachments: (referralId: string) => ['attachments', referralId] as const,
  timeline: (referralId: string) => ['timeline', referralId] as const,
  client: (clientId: string) => ['client', clientId] as const,
  search: (entryId: string) => ['search', entryId] as const,
  consents: (clientId: string) => ['consents', clientId] as const,
  consentRequests: ['consent-requests'] as const,
  candidates: (asked: object) => ['candidates', asked] as const,
  directory: (what: string, asked: object = {}) => ['directory', what, asked] as const,
  people: ['people'] as const,
  me: ['me'] as const,
  notifications: (filters: object) => ['notifications', filters] as const,
  preferences: ['preferences'] as const,
  /** New rows of a list that are not shown yet, by the key of the list. */
  arrivals: (list: readonly unknown[]) => ['arrivals', ...list] as const,
} as const;
