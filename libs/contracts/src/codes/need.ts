export const needs = [
  'housing',
  'mental-health',
  'employment',
  'food',
  'transport',
  'substance-use-treatment',
  'benefits',
] as const;
export type Need = (typeof needs)[number];
