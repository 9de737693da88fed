import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AttemptOutcome } from '../reading/delivery.ts';
import type { RetryClock } from './retry-clock.ts';
import { retried } from './retry.ts';

/** Time that passes only by waiting and working. */
class FakeRetryClock implements RetryClock {
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

const failed: AttemptOutcome = { kind: 'failed', reason: 'poison' };
const met: AttemptOutcome = { kind: 'met', reason: 'deadlock' };
const handled: AttemptOutcome = { kind: 'handled', waiting: [] };
const away: AttemptOutcome = { kind: 'unavailable', cause: new Error('away') };
const goOn = (): boolean => true;

/** Attempts with these outcomes in turn, each with this duration; the last outcome repeats for ever. */
function attempts(
  retryClock: FakeRetryClock,
  outcomes: readonly AttemptOutcome[],
  tookMs = 0,
): { made: number; next: () => Promise<AttemptOutcome> } {
  const made = {
    made: 0,
    next: () => {
      retryClock.now += tookMs;
      made.made += 1;
      return Promise.resolve(outcomes[Math.min(made.made, outcomes.length) - 1] ?? handled);
    },
  };
  return made;
}

describe('Retrying', () => {
  it('gives up after three failures, with pauses of 100 and 400 ms', async () => {
    const retryClock = new FakeRetryClock();
    const tries = attempts(retryClock, [failed]);
    expect(await retried(tries.next, retryClock, goOn)).toEqual({ outcome: failed, attempts: 3, stopped: false });
    expect(retryClock.slept).toEqual([100, 400]);
  });

  it('gives up earlier when that would take more than 2 s', async () => {
    const retryClock = new FakeRetryClock();
    const tries = attempts(retryClock, [failed], 1_950);
    expect(await retried(tries.next, retryClock, goOn)).toMatchObject({ outcome: failed, attempts: 1 });
  });

  it('reports how often it failed before it was handled', async () => {
    const retryClock = new FakeRetryClock();
    const tries = attempts(retryClock, [failed, handled]);
    expect(await retried(tries.next, retryClock, goOn)).toEqual({ outcome: handled, attempts: 1, stopped: false });
  });

  it('does not count a deadlock as a failure, and gives up after many deadlocks in a row', async () => {
    const retryClock = new FakeRetryClock();
    const few = attempts(retryClock, [met, met, met, met, met, handled]);
    expect(await retried(few.next, retryClock, goOn)).toEqual({ outcome: handled, attempts: 0, stopped: false });
    const always = attempts(retryClock, [met]);
    expect(await retried(always.next, retryClock, goOn)).toMatchObject({
      outcome: { kind: 'unavailable' },
      attempts: 0,
    });
    expect(always.made).toBe(11);
  });

  it('stops immediately when there is no database', async () => {
    const retryClock = new FakeRetryClock();
    const tries = attempts(retryClock, [away]);
    expect(await retried(tries.next, retryClock, goOn)).toMatchObject({ outcome: away, attempts: 0 });
    expect(tries.made).toBe(1);
  });

  it('stops between two tries on request, and does not count that as a failure to park', async () => {
    const retryClock = new FakeRetryClock();
    const tries = attempts(retryClock, [failed]);
    expect(await retried(tries.next, retryClock, () => false)).toMatchObject({ attempts: 1, stopped: true });
  });

  it('parks only failed events, after at most 2 s of pauses, whatever happens in between', async () => {
    const mixed = fc.array(fc.constantFrom(failed, met, handled, away), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(mixed, fc.nat({ max: 900 }), async (outcomes, tookMs) => {
        const retryClock = new FakeRetryClock();
        const tries = attempts(retryClock, outcomes, tookMs);
        const { outcome, attempts: failures } = await retried(tries.next, retryClock, goOn);
        const ran = Array.from({ length: tries.made }, (_, i) => outcomes[Math.min(i, outcomes.length - 1)]);
        expect(failures).toBe(ran.filter((each) => each === failed).length);
        expect(failures).toBeLessThanOrEqual(3);
        if (outcome.kind === 'failed') expect(ran.at(-1)).toBe(failed);
        if (outcome.kind === 'handled') expect(ran.at(-1)).toBe(handled);
        expect(retryClock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2_000 + 11 * 480);
      }),
    );
  });
});
