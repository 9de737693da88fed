import { describe, expect, it } from '@jest/globals';
import { ageAt } from './age.ts';

describe('a client’s age at an instant', () => {
  it.each([
    ['1980-02-03', '1979-12-31T10:00:00.000Z', { born: false, adult: false }],
    ['1980-02-03', '1980-02-03T00:00:00.000Z', { born: true, adult: false }],
    ['1980-02-03', '1998-02-02T23:59:59.999Z', { born: true, adult: false }],
    ['1980-02-03', '1998-02-03T00:00:00.000Z', { born: true, adult: true }],
    ['1980', '1980-01-01T00:00:00.000Z', { born: true, adult: false }],
    ['1980', '1998-06-01T00:00:00.000Z', { born: true, adult: null }],
    ['1980-02', '1999-01-01T00:00:00.000Z', { born: true, adult: true }],
    ['2008-02-29', '2026-03-01T00:00:00.000Z', { born: true, adult: true }],
  ])('is computed without the day of birth: born %s, at %s [W9]', (birthDate, at, expected) => {
    expect(ageAt(birthDate, at)).toEqual(expected);
  });
});
