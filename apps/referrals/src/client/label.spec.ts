import { describe, expect, it } from '@jest/globals';
import { ageBand, ageOn, agencyLabel, senderLabel } from './label.ts';

const client = { given: 'Élodie', family: 'Marsh', birthDate: '1990-06-15' };
const now = '2026-06-14T23:00:00.000Z';

describe('what a list calls a client', () => {
  it('gives the sender name and birth date', () => {
    expect(senderLabel(client)).toEqual({ given: 'Élodie', family: 'Marsh', birthDate: '1990-06-15' });
  });

  it('gives an agency initials and an age band until it has opened the packet', () => {
    expect(agencyLabel(client, false, now)).toEqual({ initials: 'ÉM', ageBand: '35-49' });
  });

  it('gives an agency that opened the packet the name and the birth year, never the day', () => {
    expect(agencyLabel(client, true, now)).toEqual({ given: 'Élodie', family: 'Marsh', birthYear: 1990 });
  });

  it('counts a year of age on the birthday itself', () => {
    expect(ageOn('1990-06-15', '2026-06-14')).toBe(35);
    expect(ageOn('1990-06-15', '2026-06-15')).toBe(36);
  });

  it('puts every age into exactly one band', () => {
    expect([0, 12, 13, 17, 18, 24, 25, 34, 35, 49, 50, 64, 65, 101].map(ageBand)).toEqual([
      '0-12',
      '0-12',
      '13-17',
      '13-17',
      '18-24',
      '18-24',
      '25-34',
      '25-34',
      '35-49',
      '35-49',
      '50-64',
      '50-64',
      '65+',
      '65+',
    ]);
  });

  const born = (birthDate: string | null): object => agencyLabel({ ...client, birthDate }, false, now);

  it.each([
    ['1980', '35-49'],
    ['1976', '35-64'],
    ['1961', '50+'],
    ['1990-06', '35-49'],
    ['2013', '0-17'],
    ['2026-06-14', '0-12'],
    [null, 'unknown'],
  ])('of a birth %s is the age band %s, which contains every possible age [P8]', (birthDate, band) => {
    expect(born(birthDate)).toEqual({ initials: 'ÉM', ageBand: band });
  });

  it('is null if nothing is known, and marks an estimate [P8]', () => {
    expect(agencyLabel({ given: null, family: 'Lund', birthDate: null }, true, now)).toEqual({
      ...{ given: null, family: 'Lund', birthYear: null },
    });
    expect(agencyLabel({ given: null, family: 'Lund', birthDate: '1980', estimated: true }, true, now)).toEqual({
      ...{ given: null, family: 'Lund', birthYear: 1980, estimated: true },
    });
    expect(agencyLabel({ given: null, family: 'lund', birthDate: null }, false, now)).toEqual({
      ...{ initials: 'L', ageBand: 'unknown' },
    });
  });
});
