import type { Need } from './need.ts';
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

const anyNeed: readonly Outcome[] = ['service-provided', 'partly-provided'];

/** The outcomes with which a Task of each need may be completed, in list order. */
const byNeed: Readonly<Record<Need, readonly Outcome[]>> = {
  housing: ['housed', 'placed-in-shelter', ...anyNeed],
  'mental-health': ['treatment-started', ...anyNeed],
  employment: ['employed', 'training-started', ...anyNeed],
  food: anyNeed,
  transport: anyNeed,
  'substance-use-treatment': ['treatment-started', ...anyNeed],
  benefits: anyNeed,
};

export function outcomesOf(need: Need): readonly Outcome[] {
  return byNeed[need];
}

/** The result that each outcome gives its need (contract.md §1). */
export const resultOfOutcome: Readonly<Record<Outcome, Exclude<NeedResult, 'in-play' | 'unmet'>>> = {
  housed: 'met',
  'placed-in-shelter': 'met',
  'treatment-started': 'met',
  employed: 'met',
  'training-started': 'met',
  'service-provided': 'met',
  'partly-provided': 'partly-met',
};
