/** Why a category is allowed (the first) or not (the others, nearest reason first). */
export const decisionBecause = [
  'named-by-consent',
  'kind-does-not-open',
  'client-not-known-yet',
  'revoked',
  'expired',
  'incomplete',
  'not-named',
  'no-consent',
] as const;
export type DecisionBecause = (typeof decisionBecause)[number];
