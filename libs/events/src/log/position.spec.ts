import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePosition, positionOf } from './position.ts';

describe('a position', () => {
  it('holds service, key and version of a stream, for any key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.nat(999_999_999), (key, version) => {
        const token = positionOf('referrals', key, version);
        expect(token).toMatch(/^[\w-]+$/);
        expect(parsePosition(token)).toEqual({ service: 'referrals', key, version });
      }),
    );
  });

  it('rejects a text that we did not make', () => {
    fc.assert(fc.property(fc.string(), (text) => parsePosition(text) === undefined));
    for (const text of [
      '',
      'x',
      positionOf('referrals', '', 1),
      positionOf('Referrals', 'a', 1),
      positionOf('a', 'b', -1),
    ]) {
      expect(parsePosition(text)).toBeUndefined();
    }
  });
});
