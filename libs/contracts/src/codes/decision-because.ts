/** Why a category is allowed (the first code) or not (the others, most basic reason first). */
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
