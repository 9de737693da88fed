import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { delayBefore, treatmentOf, treatments } from './problems.ts';

describe('what happens after a problem', () => {
  it('is the same for what is forbidden and what does not exist', () => {
    expect(treatments.role).toEqual(treatments['not-found']);
  });

  it('repeats by itself only what may come to another end', () => {
    const repeated = Object.entries(treatments).filter(([, { repeat }]) => repeat === 'same-key');
    expect(repeated.map(([code]) => code).sort()).toEqual(
      ['consent-view-stale', 'no-network', 'timed-out', 'too-many', 'too-slow', 'unavailable'].sort(),
    );
  });

  it('shows no packet while the state of consent is unknown, and says so', () => {
    expect(treatmentOf({ code: 'consent-view-stale' }, 'packet').shown).toBe('permission-unknown');
    expect(treatmentOf({ code: 'consent-view-stale' }).shown).toBe('waiting');
    expect(treatmentOf({ code: 'not-found' }, 'packet')).toEqual(treatments['not-found']);
  });
});

describe('the delay before the next try', () => {
  it('is never shorter than Retry-After, never longer than a minute otherwise, and never nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.option(fc.integer({ min: 0, max: 600 }), { nil: null }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, retryAfter, chance) => {
          const delay = delayBefore(tries, retryAfter, chance);
          expect(delay).toBeGreaterThanOrEqual(Math.max(750, (retryAfter ?? 0) * 1000));
          expect(delay).toBeLessThanOrEqual(Math.max(60_000, (retryAfter ?? 0) * 1000));
        },
      ),
    );
  });

  it('doubles', () => {
    expect([1, 2, 3, 6, 7, 20].map((tries) => delayBefore(tries, null, 0.5))).toEqual([
      1000, 2000, 4000, 32_000, 60_000, 60_000,
    ]);
  });
});
