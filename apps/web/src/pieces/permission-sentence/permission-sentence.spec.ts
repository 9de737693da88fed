import { describe, expect, it } from '@jest/globals';
import { sentencesOf, type PermissionFacts } from './permission-sentence.ts';

const facts: PermissionFacts = {
  agency: 'Harbor House',
  sender: 'St. Brigid Hospital',
  categories: ['core-contact', 'stated-need'],
  returnPath: 'status',
  until: '2027-11-28',
};

describe('A permission in sentences', () => {
  it('says who may learn what and until when, and what goes back', () => {
    expect(sentencesOf(facts)).toEqual([
      { says: 'send-until', categories: ['core-contact', 'stated-need'], day: '2027-11-28' },
      { says: 'return', path: 'status' },
    ]);
  });

  it('says no day where there is none', () => {
    expect(sentencesOf({ ...facts, until: null })[0]).toMatchObject({ says: 'send' });
  });

  it('says that nothing is learned, and then nothing of a way back', () => {
    expect(sentencesOf({ ...facts, categories: [] })).toEqual([{ says: 'nothing' }]);
  });

  it('says of a permission that is over only that it is over', () => {
    expect(sentencesOf({ ...facts, endedOn: '2026-12-03' })).toEqual([{ says: 'expired', day: '2026-12-03' }]);
  });
});
