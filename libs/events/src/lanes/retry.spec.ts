import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../reading/delivery.ts';
import type { Pace } from './pace.ts';
import { retried } from './retry.ts';

/** Time that passes only by waiting and working. */
class FakePace implements Pace {
  now = 0;
  readonly slept: number[] = [];

  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.now += ms;
    return Promise.resolve();
  }
  elapsed(): number {
    return this.now;
  }
  random(): number {
    return 0.5;
  }
}

const failed: Outcome = { kind: 'failed', reason: 'poison' };
const met: Outcome = { kind: 'met', reason: 'deadlock' };
const handled: Outcome = { kind: 'handled', waiting: [] };
const away: Outcome = { kind: 'unavailable', cause: new Error('away') };
const goOn = (): boolean => true;

/** Attempts with these outcomes in turn, each with this duration; the last outcome repeats for ever. */
function attempts(
  pace: FakePace,
  outcomes: readonly Outcome[],
  tookMs = 0,
): { made: number; next: () => Promise<Outcome> } {
  const made = {
    made: 0,
    next: () => {
      pace.now += tookMs;
      made.made += 1;
      return Promise.resolve(outcomes[Math.min(made.made, outcomes.length) - 1] ?? handled);
    },
  };
  return made;
}

describe('Retrying', () => {
  it('gives up after three failures, with pauses of 100 and 400 ms', async () => {
    const pace = new FakePace();
    const tries = attempts(pace, [failed]);
    expect(await retried(tries.next, pace, goOn)).toEqual({ outcome: failed, attempts: 3, stopped: false });
    expect(pace.slept).toEqual([100, 400]);
  });

  it('gives up earlier when that would take more than 2 s', async () => {
    const pace = new FakePace();
    const tries = attempts(pace, [failed], 1_950);
    expect(await retried(tries.next, pace, goOn)).toMatchObject({ outcome: failed, attempts: 1 });
  });

  it('reports how often it failed before it was handled', async () => {
    const pace = new FakePace();
    const tries = attempts(pace, [failed, handled]);
    expect(await retried(tries.next, pace, goOn)).toEqual({ outcome: handled, attempts: 1, stopped: false });
  });

  it('does not count a deadlock as a failure, and gives up after many deadlocks in a row', async () => {
    const pace = new FakePace();
    const few = attempts(pace, [met, met, met, met, met, handled]);
    expect(await retried(few.next, pace, goOn)).toEqual({ outcome: handled, attempts: 0, stopped: false });
    const always = attempts(pace, [met]);
    expect(await retried(always.next, pace, goOn)).toMatchObject({ outcome: { kind: 'unavailable' }, attempts: 0 });
    expect(always.made).toBe(11);
  });

  it('stops immediately when there is no database', async () => {
    const pace = new FakePace();
    const tries = attempts(pace, [away]);
    expect(await retried(tries.next, pace, goOn)).toMatchObject({ outcome: away, attempts: 0 });
    expect(tries.made).toBe(1);
  });

  it('stops between two tries when told to, and does not call that a failure to park', async () => {
    const pace = new FakePace();
    const tries = attempts(pace, [failed]);
    expect(await retried(tries.next, pace, () => false)).toMatchObject({ attempts: 1, stopped: true });
  });

  it('parks only failed events, after at most 2 s of pauses, whatever happens in between', async () => {
    const mixed = fc.array(fc.constantFrom(failed, met, handled, away), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(mixed, fc.nat({ max: 900 }), async (outcomes, tookMs) => {
        const pace = new FakePace();
        const tries = attempts(pace, outcomes, tookMs);
        const { outcome, attempts: failures } = await retried(tries.next, pace, goOn);
        const ran = Array.from({ length: tries.made }, (_, i) => outcomes[Math.min(i, outcomes.length - 1)]);
        expect(failures).toBe(ran.filter((each) => each === failed).length);
        expect(failures).toBeLessThanOrEqual(3);
        if (outcome.kind === 'failed') expect(ran.at(-1)).toBe(failed);
        if (outcome.kind === 'handled') expect(ran.at(-1)).toBe(handled);
        expect(pace.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2_000 + 11 * 480);
      }),
    );
  });
});
