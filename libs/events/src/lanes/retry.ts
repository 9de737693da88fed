import type { AttemptOutcome } from '../reading/delivery.ts';
import type { RetryClock } from './retry-clock.ts';

/** At most 3 tries and 2 s: a slow event holds back other partitions of its broker (traps.md 12). */
const TRIES = 3;
const LIMIT_MS = 2_000;
const FIRST_PAUSE_MS = 100;
/**
 * Deadlocks and serialization failures (40P01, 40001) are retried, never parked. After this many in a row the database
 * has a problem.
 */
const MEETINGS = 10;
const MEETING_PAUSE_MS = 10;

export interface Tried {
  /** The last outcome, never `met`. */
  readonly outcome: Exclude<AttemptOutcome, { kind: 'met' }>;
  /** The number of failures. */
  readonly attempts: number;
  /** It was stopped while it was failing. The event is neither handled nor parked, and is delivered again. */
  readonly stopped: boolean;
}

/** Repeats a failing attempt up to `tries` times, with growing pauses: 100 ms, 400 ms. */
export async function retried(
  attempt: () => Promise<AttemptOutcome>,
  retryClock: RetryClock,
  goOn: () => boolean,
  tries = TRIES,
): Promise<Tried> {
  const begun = retryClock.elapsed();
  let failures = 0;
  for (let meetings = 0; ;) {
    const outcome = await attempt();
    let pause: number;
    if (outcome.kind === 'met') {
      meetings += 1;
      if (meetings > MEETINGS) return ended(new Error(outcome.reason), failures);
      pause = MEETING_PAUSE_MS * 2 ** Math.min(meetings, 5) * (0.5 + retryClock.random());
    } else if (outcome.kind === 'failed') {
      failures += 1;
      pause = FIRST_PAUSE_MS * 4 ** (failures - 1);
      const over = failures >= tries || retryClock.elapsed() - begun + pause > LIMIT_MS;
      if (over) return { outcome, attempts: failures, stopped: false };
    } else {
      return { outcome, attempts: failures, stopped: false };
    }
    await retryClock.sleep(pause);
    if (!goOn()) return { outcome: { kind: 'failed', reason: outcome.reason }, attempts: failures, stopped: true };
  }
}

function ended(cause: Error, attempts: number): Tried {
  return { outcome: { kind: 'unavailable', cause }, attempts, stopped: false };
}
