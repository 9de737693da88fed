import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { halvesByKey } from './splitting.ts';

const items = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { minLength: 1, maxLength: 50 })
  .map((keys) => keys.map((key, n) => ({ key, n })));

describe('Splitting a batch', () => {
  it('keeps each key in one half and in order, and leaves no half empty; one key is not split', () => {
    fc.assert(
      fc.property(items, (given) => {
        const halves = halvesByKey(given, (item) => item.key);
        const keys = new Set(given.map((item) => item.key));
        expect(halves === undefined).toBe(keys.size === 1);
        if (halves === undefined) return;
        const [first, second] = halves;
        expect(first.length * second.length).toBeGreaterThan(0);
        expect([...first, ...second].toSorted((a, b) => a.n - b.n)).toEqual(given);
        for (const half of halves) expect(half).toEqual(half.toSorted((a, b) => a.n - b.n));
        expect(first.filter((item) => second.some((other) => other.key === item.key))).toEqual([]);
      }),
    );
  });

  it('reaches single keys in few steps', () => {
    const depth = (given: readonly { readonly key: string }[]): number => {
      const halves = halvesByKey(given, (item) => item.key);
      return halves === undefined ? 0 : 1 + Math.max(depth(halves[0]), depth(halves[1]));
    };
    const even = Array.from({ length: 512 }, (_, n) => ({ key: `${n}` }));
    expect(depth(even)).toBe(9);
  });
});
