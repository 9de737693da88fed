import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReference, referenceOf } from './reference.ts';

const referralIds = fc.uuid({ version: 7 });

describe('the reference of a referral', () => {
  it('is the last 40 bits of its id in the base 32 of Crockford', () => {
    expect(referenceOf('01900000-0000-7000-8000-000000000000')).toBe('00000000');
    expect(referenceOf('01900000-0000-7000-8000-00000000001f')).toBe('0000000Z');
    expect(referenceOf('01900000-0000-7000-8000-ab9cc4dc4a29')).toBe('KK2DRJH9');
    expect(referenceOf('01900000-0000-7000-8000-ffffffffffff')).toBe('ZZZZZZZZ');
  });

  it('is the same for two ids only where their last 40 bits are', () => {
    fc.assert(
      fc.property(referralIds, referralIds, (one, other) => {
        expect(referenceOf(one) === referenceOf(other)).toBe(one.slice(-10) === other.slice(-10));
      }),
    );
  });

  it('is read however it is typed', () => {
    const spelling = fc.record({ small: fc.boolean(), between: fc.constantFrom('', '-', ' '), digits: fc.boolean() });
    fc.assert(
      fc.property(referralIds, fc.array(spelling, { minLength: 8, maxLength: 8 }), (id, spellings) => {
        const reference = referenceOf(id);
        const typed = spellings.map(({ small, between, digits }, place) => {
          const letter = reference[place] as string;
          const seen = digits ? letter : letter.replace('1', place % 2 === 0 ? 'I' : 'L').replace('0', 'O');
          return `${small ? seen.toLowerCase() : seen}${between}`;
        });
        expect(readReference(typed.join(''))).toBe(reference);
      }),
    );
  });

  it.each(['', 'K74Q2M9', 'K74Q2M9TT', 'K74Q2M9U', 'K74Q2M9_', 'Mara Quill'])('is not "%s"', (typed) => {
    expect(readReference(typed)).toBeUndefined();
  });
});
