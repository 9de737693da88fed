export const categories = [
  'core-contact',
  'stated-need',
  'functional-needs',
  'substance-use',
  'mental-health',
  'hiv-sti',
  'domestic-violence',
  'minors',
  'personal-characteristics',
  'immigration',
  'criminal-history',
] as const;
export type Category = (typeof categories)[number];
