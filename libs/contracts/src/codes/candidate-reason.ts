export const candidateReasons = [
  'serves-area',
  'outside-area',
  'open',
  'waitlist',
  'closed',
  'speaks-language',
] as const;
export type CandidateReason = (typeof candidateReasons)[number];
