import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Contiguous } from './contiguous.ts';

const orders = fc
  .integer({ min: 0, max: 40 })
  .chain((total) =>
    fc.shuffledSubarray(Array.from({ length: total }, (_, i) => i)).map((places) => ({ total, places })),
  );

describe('What may be committed', () => {
  it('is every item done from the start without a gap, in any order of ending, and never decreases', () => {
    fc.assert(
      fc.property(orders, ({ total, places }) => {
        const done = new Contiguous(total);
        const seen = new Set<number>();
        let before = 0;
        for (const place of [...places, ...places.slice(0, 3)]) {
          done.mark(place);
          seen.add(place);
          const gap = Array.from({ length: total + 1 }, (_, i) => i).find((i) => !seen.has(i)) ?? 0;
          expect(done.length).toBe(gap);
          expect(done.length).toBeGreaterThanOrEqual(before);
          expect(done.complete).toBe(seen.size === total);
          before = done.length;
        }
      }),
    );
  });

  it('rejects a place outside the batch', () => {
    expect(() => new Contiguous(2).mark(2)).toThrow('no place 2 of 2');
  });
});
