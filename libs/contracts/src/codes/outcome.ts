import type { NeedResult } from './result.ts';

export const outcomes = [
  'housed',
  'placed-in-shelter',
  'treatment-started',
  'employed',
  'training-started',
  'service-provided',
  'partly-provided',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What each outcome makes of its need (contract.md §1). */
export const resultOfOutcome: Readonly<Record<Outcome, Exclude<NeedResult, 'in-play' | 'unmet'>>> = {
  housed: 'met',
  'placed-in-shelter': 'met',
  'treatment-started': 'met',
  employed: 'met',
  'training-started': 'met',
  'service-provided': 'met',
  'partly-provided': 'partly-met',
};
