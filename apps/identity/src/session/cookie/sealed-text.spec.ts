import { describe, expect, it } from '@jest/globals';
import { derivedKey, seal, unseal } from './sealed-text.ts';

const key = derivedKey('a secret of the cookie', 'a purpose');

describe('a sealed text', () => {
  it('opens with its key at its place', () => {
    const sealed = seal(key, 'refresh token', 'seat 0');
    expect(sealed).not.toContain('refresh');
    expect(unseal(key, sealed, 'seat 0')).toBe('refresh token');
  });

  it('is different each time', () => {
    expect(seal(key, 'the same', 'seat 0')).not.toBe(seal(key, 'the same', 'seat 0'));
  });

  it('does not open with another key, at another place, or after a change', () => {
    const sealed = seal(key, 'refresh token', 'seat 0');
    const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(unseal(derivedKey('a secret of the cookie', 'another purpose'), sealed, 'seat 0')).toBeUndefined();
    expect(unseal(key, sealed, 'seat 1')).toBeUndefined();
    expect(unseal(key, changed, 'seat 0')).toBeUndefined();
  });

  it.each(['', 'x', 'not sealed at all', '%%%'])('is not %j', (text) => {
    expect(unseal(key, text, 'seat 0')).toBeUndefined();
  });
});
