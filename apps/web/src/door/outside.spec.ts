import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uuidV7 } from './outside.ts';

describe('a new id', () => {
  it('is a UUID of version 7 that sorts by its time', () => {
    const chance = fc.uint8Array({ minLength: 10, maxLength: 10 });
    const time = fc.integer({ min: 0, max: 2 ** 47 });
    fc.assert(
      fc.property(time, time, chance, chance, (one, other, a, b) => {
        const [first, second] = [uuidV7(one, a), uuidV7(other, b)];
        expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        if (one < other) expect(first < second).toBe(true);
      }),
    );
  });

  it('differs where its chance differs', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => uuidV7(1, crypto.getRandomValues(new Uint8Array(10)))));
    expect(ids.size).toBe(1000);
  });
});
