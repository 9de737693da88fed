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
});
