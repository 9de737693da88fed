import fc from 'fast-check';

/** What may happen next; numbers choose among what is there. */
export type Step =
  | { readonly kind: 'decide'; readonly subject: 0 | 1 | 2; readonly holdMs: 0 | 5000 | 8000 }
  | { readonly kind: 'undo' | 'insist' | 'discard'; readonly nth: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | {
      readonly kind: 'network';
      readonly nth: number;
      readonly how: 'works' | 'loses request' | 'loses answer' | 'busy' | 'breaks';
    }
  | { readonly kind: 'others'; readonly subject: 0 | 1 | 2; readonly visibly: boolean; readonly noticed: boolean }
  | { readonly kind: 'lock' | 'sign in' | 'other signs in' | 'leave' | 'crash' };

const subject = fc.constantFrom<0 | 1 | 2>(0, 1, 2);
const nth = fc.nat(5);
export const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('decide' as const),
        subject,
        holdMs: fc.constantFrom<0 | 5000 | 8000>(0, 5000, 8000),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'insist' as const, 'discard' as const), nth }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(500, 5000, 60_000) }) },
    {
      weight: 8,
      arbitrary: fc.record({
        ...{ kind: fc.constant('network' as const), nth },
        how: fc.constantFrom<'works' | 'loses request' | 'loses answer' | 'busy' | 'breaks'>(
          'works',
          'works',
          'loses request',
          'loses answer',
          'busy',
          'breaks',
        ),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('others' as const),
        subject,
        visibly: fc.boolean(),
        noticed: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'lock' as const,
          'sign in' as const,
          'other signs in' as const,
          'leave' as const,
          'crash' as const,
        ),
      }),
    },
  ),
  { maxLength: 60 },
);
