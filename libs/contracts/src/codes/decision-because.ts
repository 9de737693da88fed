/** Why a category is allowed (the first) or not, nearest reason first. */
export const decisionBecause = [
  'named-by-consent',
  'kind-does-not-open',
  'not-named',
  'revoked',
  'expired',
  'incomplete',
  'client-not-known-yet',
  'no-consent',
] as const;
export type DecisionBecause = (typeof decisionBecause)[number];
