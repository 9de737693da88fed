import { describe, expect, it } from '@jest/globals';
import { afterFor, remembered, type Written } from './positions.ts';

const wrote = (position: string, at: number, ...subjects: string[]): Written => ({ subjects, position, at });
const all = (...written: readonly Written[]): readonly Written[] =>
  written.reduce<readonly Written[]>((known, each) => remembered(known, each), []);

describe('a read after own writes', () => {
  const known = all(wrote('p1', 0, 't1', 'r1'), wrote('p2', 10_000, 't2', 'r2'), wrote('p3', 20_000, 't1', 'r1'));

  it('of one thing waits for what was last written about it', () => {
    expect(['t1', 'r1', 't2', 't3'].map((id) => afterFor(known, id, 30_000))).toEqual(['p3', 'p3', 'p2', null]);
  });

  it('of a list waits for what was written last', () => {
    expect(afterFor(known, null, 30_000)).toBe('p3');
  });

  it('waits for a minute only', () => {
    expect([afterFor(known, 't2', 69_999), afterFor(known, 't2', 70_000)]).toEqual(['p2', null]);
    expect(remembered(known, wrote('p4', 75_000, 't9')).map(({ position }) => position)).toEqual(['p4', 'p3']);
  });

  it('counts a position that two tabs tell of once', () => {
    expect(remembered(known, wrote('p3', 20_001, 't1', 'r1'))).toHaveLength(3);
  });
});
