import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { steps, type Step } from './testing/steps.ts';
import { World } from './testing/world.ts';

function play(all: readonly Step[]): World {
  const world = new World();
  for (const step of all) world.step(step);
  return world;
}

describe('whatever a person, the others, the network and the browser do', () => {
  it('an act is done once at most, in order, and only by who decided it; nothing undone is ever sent', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = play(all);
        world.calm();
        expect(new Set(world.executions.map(({ actId }) => actId)).size).toBe(world.executions.length);
      }),
      { numRuns: 200 },
    );
  });

  it('an act that its person did not take back is done, or shown to them; one in the vault also after a crash', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = play(all);
        world.calm();
        const crashed = all.some(({ kind }) => kind === 'crash');
        const shown = new Set(world.outbox.pending.map(({ act }) => act.actId));
        for (const [index, { actId, personId }] of world.decidedActs.entries()) {
          const lost = crashed && (index + 1) % 4 === 0;
          if (lost || world.taken.some((each) => each.endsWith(` ${actId}`))) continue;
          const kept = shown.has(actId) || world.executed.has(actId) || (personId === 'ivan' && world.vault.has(actId));
          expect([actId, kept]).toEqual([actId, true]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('once all works again, every act of the person is done or waits for them', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = play(all);
        world.calm();
        const waits = world.outbox.pending.filter(
          ({ act, phase }) => act.personId === 'ines' && phase.kind !== 'stuck',
        );
        expect(waits).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('what was sent without a refusal is done in the order in which it was decided', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = play(all.filter(({ kind }) => !['insist', 'crash', 'lock', 'other signs in'].includes(kind)));
        world.calm();
        for (const place of ['t0', 't1', 't2']) {
          const order = world.executions
            .filter((act) => act.subject === place)
            .map(({ actId }) => Number(actId.slice(1)));
          expect(order).toEqual([...order].sort((one, other) => one - other));
        }
      }),
      { numRuns: 200 },
    );
  });
});
