import { describe, expect, it } from '@jest/globals';
import { labelOf } from './person-label.ts';

describe('What a list calls a person', () => {
  it('is name and birth date for the sender', () => {
    expect(labelOf({ given: 'Rosa', family: 'Vega', birthDate: '1971-06-03' })).toEqual({
      says: 'name',
      name: 'Rosa Vega',
      born: { says: 'on', day: '1971-06-03' },
    });
  });

  it('says that a birth date is estimated, and leaves the month away where only the year is known', () => {
    expect(labelOf({ given: 'Rosa', family: null, birthDate: '1971-01-01', estimated: true })).toMatchObject({
      name: 'Rosa',
      born: { says: 'about', year: '1971' },
    });
    expect(labelOf({ given: 'Rosa', family: 'Vega', birthDate: '1971' })).toMatchObject({
      born: { says: 'in', year: '1971' },
    });
  });

  it('is initials and age band for an agency that has not opened the packet', () => {
    expect(labelOf({ initials: 'RV', ageBand: '50-64' })).toEqual({
      says: 'initials',
      initials: 'R.V.',
      age: { says: 'band', from: '50', to: '64' },
    });
    expect(labelOf({ initials: 'É', ageBand: '65+' })).toMatchObject({
      initials: 'É.',
      age: { says: 'over', age: '65' },
    });
    expect(labelOf({ initials: 'RV', ageBand: 'unknown' })).toMatchObject({ age: { says: 'unknown' } });
  });

  it('is name and birth year once the packet was opened', () => {
    expect(labelOf({ given: 'Rosa', family: 'Vega', birthYear: 1971 })).toMatchObject({
      born: { says: 'in', year: '1971' },
    });
    expect(labelOf({ given: 'Rosa', family: 'Vega', birthYear: null })).toMatchObject({ born: null });
  });

  it('is hidden where consent, or our knowledge of it, does not allow more', () => {
    expect([labelOf(null), labelOf({}), labelOf({ initials: '', ageBand: 'unknown' })]).toEqual([
      { says: 'hidden' },
      { says: 'hidden' },
      { says: 'hidden' },
    ]);
  });
});
