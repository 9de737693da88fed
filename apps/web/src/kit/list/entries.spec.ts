import { describe, expect, it } from '@jest/globals';
import { byGroup, entriesOf } from './entries.ts';

const groups = [
  { key: 'late', heading: 'Overdue', rows: ['a', 'b'] },
  { key: 'soon', heading: 'Due soon', rows: [] },
  { key: 'rest', heading: 'Not due yet', rows: ['c'] },
];

describe('The lines of a list', () => {
  it('put each heading above its rows, and count places within the group', () => {
    const lines = entriesOf(groups, (row) => row).map((entry) =>
      entry.kind === 'heading' ? entry.group.heading : `${entry.row} ${entry.place}`,
    );
    expect(lines).toEqual(['Overdue', 'a 0', 'b 1', 'Not due yet', 'c 0']);
  });

  it('have no heading where the list has one group', () => {
    expect(entriesOf([{ key: 'all', heading: null, rows: ['a'] }], (row) => row)).toHaveLength(1);
  });

  it('stay under their groups when only some of them are drawn', () => {
    const drawn = entriesOf(groups, (row) => row)
      .map((entry, index) => ({ entry, index, start: index * 64 }))
      .slice(2);
    expect(byGroup(drawn).map(({ group, lines }) => [group.key, lines.length])).toEqual([
      ['late', 1],
      ['rest', 2],
    ]);
  });
});
