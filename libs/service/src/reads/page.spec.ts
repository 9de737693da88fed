import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Invalid } from '../problems/form.problems.ts';
import { cursorOf, pageFrom, pageOf, pageOfAll } from './page.ts';

const id = '01900000-0000-7000-8000-000000000001';
const rows = (count: number): { readonly id: number }[] => Array.from({ length: count }, (_, at) => ({ id: at }));
const page = (limit: number, count: number): ReturnType<typeof pageFrom> =>
  pageFrom(
    { limit, after: undefined },
    rows(count),
    (row) => [row.id],
    (row) => row,
  );

describe('A page', () => {
  it('has 50 items by default, and 1 to 100 on request', () => {
    expect(pageOf({})).toEqual({ limit: 50, after: undefined });
    expect(pageOf({ limit: '100' }).limit).toBe(100);
    for (const limit of ['0', '101', '-1', '1.5', 'all', '', ['1', '2']]) {
      expect(() => pageOf({ limit })).toThrow(Invalid);
    }
  });

  it('ends with null if there is nothing more', () => {
    expect(page(2, 2)).toEqual({ items: [{ id: 0 }, { id: 1 }], next: null });
    expect(page(2, 0)).toEqual({ items: [], next: null });
  });

  it('points to its last item if there is more, and never shows the extra row', () => {
    const { items, next } = page(2, 3);
    expect(items).toEqual([{ id: 0 }, { id: 1 }]);
    expect(pageOf({ cursor: next }).after).toEqual([1]);
  });

  it('of a list in memory keeps the order of the list and has each item once', () => {
    const all = ['b', 'a', 'c'];
    const first = pageOfAll({ limit: '2' }, all, (each) => each);
    expect(first.items).toEqual(['b', 'a']);
    expect(pageOfAll({ cursor: first.next }, all, (each) => each)).toEqual({ items: ['c'], next: null });
  });

  it('continues exactly where the previous one ended, for any sort values', () => {
    const value = fc.oneof(
      fc.string().filter((text) => !text.includes('\0')),
      fc.integer(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (values) => {
        expect(pageOf({ cursor: cursorOf(values) }).after).toEqual(values);
      }),
    );
  });

  it('refuses a cursor of another list', () => {
    const instant = '2026-01-31T09:00:00.000Z';
    expect(pageOf({ cursor: cursorOf([instant, id]) }, ['instant', 'id']).after).toEqual([instant, id]);
    for (const cursor of [
      cursorOf([id, instant]),
      cursorOf([instant]),
      cursorOf([instant, 'x']),
      'nonsense',
      '',
      'W10',
    ]) {
      expect(() => pageOf({ cursor }, ['instant', 'id'])).toThrow(Invalid);
    }
  });

  it('names both faults together', () => {
    const refused = (() => {
      try {
        pageOf({ cursor: '!', limit: 'many' });
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect((refused as Invalid).errors.map((each) => each.field)).toEqual(['limit', 'cursor']);
  });
});
