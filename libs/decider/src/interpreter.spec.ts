import { describe, expect, it } from '@jest/globals';
import { chooseRow, movesOf } from './interpreter.ts';
import type { Reading, TransitionRow } from './transition.ts';

interface Words {
  readonly state: 'shut' | 'open';
  readonly action: 'open' | 'paint';
  readonly actor: 'owner' | 'painter';
  readonly field: 'key' | 'colour';
  readonly condition: 'by-day';
  readonly guard: 'hasLock' | 'lockTurns' | 'paintIsThere';
  readonly event: 'opened' | 'forced' | 'painted';
}

interface Door {
  readonly state: Words['state'];
  readonly who: Words['actor'];
  readonly day?: boolean;
  readonly lock?: boolean;
}

interface DoorRequest extends Door {
  readonly key?: string;
  readonly turns?: boolean;
  readonly paint?: boolean;
}

const table: readonly TransitionRow<Words>[] = [
  {
    ...{ number: 1, action: 'open', from: ['shut'], actors: ['owner'], needs: ['key'], optional: [] },
    ...{ guards: ['hasLock', 'lockTurns'], emits: 'opened', to: 'open' },
  },
  {
    ...{ number: 2, action: 'open', from: ['shut'], actors: ['owner'], when: ['by-day'], needs: ['key'], optional: [] },
    ...{ guards: ['hasLock'], emits: 'forced', to: 'open' },
  },
  {
    ...{
      number: 3,
      action: 'paint',
      from: ['shut', 'open'],
      actors: ['painter', 'owner'],
      needs: [],
      optional: ['colour'],
    },
    ...{ guards: ['paintIsThere'], emits: 'painted', to: 'unchanged' },
  },
];

const reading: Reading<Words, Door, DoorRequest> = {
  stateOf: (door) => door.state,
  actorsOf: (door) => [door.who],
  conditions: { 'by-day': (door) => door.day === true },
  guards: {
    hasLock: { over: 'thing', unmet: (door) => (door.lock === false ? { locks: 0 } : null) },
    lockTurns: { over: 'facts', unmet: (asked) => (asked.turns === true ? null : { turns: false }) },
    paintIsThere: { over: 'facts', unmet: (asked) => (asked.paint === true ? null : { pots: 0 }) },
  },
  faults: (row, asked) =>
    row.needs.includes('key') && asked.key === undefined ? [{ field: 'key', message: 'key is needed' }] : [],
};

const owner: DoorRequest = { state: 'shut', who: 'owner', key: 'brass' };

describe('choosing a row', () => {
  it('first checks whether the caller may do it in any state', () => {
    expect(chooseRow(table, reading, 'open', { state: 'open', who: 'painter' })).toEqual({ kind: 'role' });
  });

  it('then whether there is a row from this state', () => {
    expect(chooseRow(table, reading, 'open', { ...owner, state: 'open' })).toEqual({ kind: 'illegal-move' });
  });

  it('then whether the data is there', () => {
    const { key: _key, ...without } = owner;
    expect(chooseRow(table, reading, 'open', without)).toEqual({
      ...{ kind: 'invalid', errors: [{ field: 'key', message: 'key is needed' }] },
    });
  });

  it('then whether the guards hold, and names the one that does not', () => {
    expect(chooseRow(table, reading, 'open', owner)).toEqual({
      kind: 'guard',
      guard: 'lockTurns',
      facts: { turns: false },
    });
  });

  it('takes the first row whose guards hold, and names the role in which the caller acts', () => {
    expect(chooseRow(table, reading, 'open', { ...owner, turns: true, day: true })).toMatchObject({
      row: { number: 1 },
    });
    expect(chooseRow(table, reading, 'open', { ...owner, day: true })).toMatchObject({
      row: { number: 2 },
      actor: 'owner',
    });
  });

  it('refuses with the guard of the last row if none holds', () => {
    const choice = chooseRow(table, reading, 'open', { ...owner, day: true, lock: false });
    expect(choice).toEqual({ kind: 'guard', guard: 'hasLock', facts: { locks: 0 } });
  });
});

describe('what a caller may do', () => {
  it('is every action once, in table order, with what it needs', () => {
    expect(movesOf(table, reading, { state: 'shut', who: 'owner', day: true })).toEqual([
      { action: 'open', needs: ['key'], optional: [] },
      { action: 'paint', needs: [], optional: ['colour'] },
    ]);
  });

  it('leaves out a move that a guard over the thing forbids, and keeps one that only a fact could forbid', () => {
    expect(movesOf(table, reading, { state: 'shut', who: 'owner', lock: false })).toEqual([
      { action: 'paint', needs: [], optional: ['colour'] },
    ]);
  });

  it('is nothing for a caller without a row', () => {
    expect(movesOf(table, reading, { state: 'shut', who: 'stranger' as 'painter' })).toEqual([]);
  });
});
