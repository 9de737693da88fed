import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSearch, stringifySearch } from './search-text.ts';

describe('the part of an address after ?', () => {
  it.each([
    ['', {}],
    ['?mine=yes', { mine: 'yes' }],
    ['?state=sent&mine=yes&state=received', { state: ['sent', 'received'], mine: 'yes' }],
    ['?task=007', { task: '007' }],
    ['?empty=', { empty: '' }],
    ['?__proto__=x', { ['__proto__']: 'x' }],
  ])('%s is read as texts and lists of texts', (text, search) => {
    expect(parseSearch(text)).toEqual(search);
  });

  it('is written without what is empty', () => {
    expect(stringifySearch({ a: undefined, b: '', c: [], d: null, e: {} })).toBe('');
    expect(stringifySearch({ state: ['sent', ''], late: true, page: 2 })).toBe('?state=sent&late=true&page=2');
  });

  it('is the same after it was written and read', () => {
    const text = fc.string({ minLength: 1 });
    const lists = fc.oneof(text, fc.array(text, { minLength: 2 }));
    fc.assert(
      fc.property(fc.dictionary(text, lists), (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual({ ...search });
      }),
    );
  });
});
