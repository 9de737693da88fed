import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listed, patched, type ListRules, type LiveList, type ReadAgain } from './live-list.ts';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly group: string;
  readonly isOpen: boolean;
}

const rules: ListRules<Row> = {
  idOf: ({ id }) => id,
  versionOf: ({ version }) => version,
  belongs: ({ isOpen }) => isOpen,
  placeOf: ({ group }) => group,
};
const row = (id: string, version: number, group = 'late', isOpen = true): Row => ({ id, version, group, isOpen });
const list = (...rows: readonly Row[]): LiveList<Row> => ({ pages: [listed(rows, null)], arrivals: [] });
const read = (...rows: readonly Row[]): ReadAgain<Row> => ({ askedIds: rows.map(({ id }) => id), rows });
const shown = ({ pages }: LiveList<Row>): readonly string[] =>
  pages.flatMap(({ items }) => items.map((each) => `${each.row.id}${each.row.version} ${each.mark}`));

describe('a list with live news', () => {
  it('shows a newer row at its old place', () => {
    expect(shown(patched(list(row('a', 1), row('b', 1)), read(row('a', 2)), rules))).toEqual(['a2 here', 'b1 here']);
  });

  it('leaves a newer row as it is when an older one comes late', () => {
    expect(shown(patched(list(row('a', 3)), read(row('a', 2, 'soon', false)), rules))).toEqual(['a3 here']);
  });

  it('says of a row that it moved, or left, and keeps it where it is', () => {
    const before = list(row('a', 1), row('b', 1), row('c', 1));
    const after = patched(
      before,
      { askedIds: ['a', 'b', 'c'], rows: [row('a', 2, 'soon'), row('b', 2, 'late', false)] },
      rules,
    );
    expect(shown(after)).toEqual(['a2 moved', 'b2 left', 'c1 left']);
    expect(shown(patched(after, read(row('b', 3), row('c', 1)), rules))).toEqual(['a2 moved', 'b3 moved', 'c1 moved']);
  });

  it('keeps new rows until the person asks for them, and only as long as they belong', () => {
    const after = patched(list(row('a', 1)), read(row('n', 1), row('m', 1), row('x', 1, 'late', false)), rules);
    expect([shown(after), after.arrivals]).toEqual([['a1 here'], ['n', 'm']]);
    expect(patched(after, read(row('n', 2, 'late', false)), rules).arrivals).toEqual(['m']);
    expect(patched(after, { askedIds: ['m'], rows: [] }, rules).arrivals).toEqual(['n']);
  });
});

describe('whatever news come, in whatever order', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const version = fc.integer({ min: 1, max: 9 });
  // one version of one thing always says the same
  const rowOf = (each: string, at: number): Row =>
    row(each, at, ['late', 'soon'][(at + each.charCodeAt(0)) % 2], at % 4 !== 0);
  const someRow = fc.tuple(id, version).map(([each, at]) => rowOf(each, at));
  const rows = fc.uniqueArray(someRow, { selector: rules.idOf });
  const lists = fc.tuple(rows, fc.nat(5)).map(([all, cut]): LiveList<Row> => ({
    pages: [listed(all.slice(0, cut), 'x'), listed(all.slice(cut), null)],
    arrivals: [],
  }));
  const news = fc.array(
    rows.map((all) => read(...all)),
    { maxLength: 6 },
  );
  const ids = ({ pages }: LiveList<Row>): readonly string[] =>
    pages.flatMap(({ items }) => items.map((each) => each.row.id));
  const versions = ({ pages }: LiveList<Row>): readonly number[] =>
    pages.flatMap(({ items }) => items.map((each) => each.row.version));
  const after = (before: LiveList<Row>, all: readonly ReadAgain<Row>[]): LiveList<Row> =>
    all.reduce((each, read) => patched(each, read, rules), before);

  it('no row changes its place, and none goes back to an older version', () => {
    fc.assert(
      fc.property(lists, news, (before, all) => {
        const result = after(before, all);
        expect(ids(result)).toEqual(ids(before));
        expect(result.pages.map(({ items }) => items.length)).toEqual(before.pages.map(({ items }) => items.length));
        versions(result).forEach((each, index) => expect(each).toBeGreaterThanOrEqual(versions(before)[index] ?? 0));
      }),
    );
  });

  it('the rows are the same in the end, and the same news twice change nothing', () => {
    fc.assert(
      fc.property(lists, news, (before, all) => {
        const [one, other] = [after(before, all), after(before, [...all].reverse())];
        expect(versions(one)).toEqual(versions(other));
        expect(after(one, all.slice(-1))).toEqual(one);
      }),
    );
  });

  it('a new row is never both in the list and waiting, and waits once', () => {
    fc.assert(
      fc.property(lists, news, (before, all) => {
        const { arrivals, ...rest } = after(before, all);
        expect(new Set(arrivals).size).toBe(arrivals.length);
        expect(ids({ ...rest, arrivals }).filter((each) => arrivals.includes(each))).toEqual([]);
      }),
    );
  });
});
