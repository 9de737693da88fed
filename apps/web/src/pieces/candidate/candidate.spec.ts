import { describe, expect, it } from '@jest/globals';
import { isOld, weigh } from './candidate.ts';

const now = Date.parse('2026-12-01T15:00:00Z');

describe('A candidate', () => {
  it('is weighed: what speaks for it apart from what speaks against it, in the order given', () => {
    expect(
      weigh([
        { code: 'serves-area', speaksFor: true },
        { code: 'closed', speaksFor: false },
        { code: 'speaks-language', speaksFor: true },
      ]),
    ).toEqual({ for: ['serves-area', 'speaks-language'], against: ['closed'] });
  });

  it('said long ago that it has space: after a week that is old', () => {
    expect(isOld('2026-11-24T15:00:01Z', now)).toBe(false);
    expect(isOld('2026-11-24T14:59:59Z', now)).toBe(true);
  });
});
