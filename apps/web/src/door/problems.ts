import type { Problem, ProblemCode } from './http/answer.ts';

/**
 * `same-key`: by itself, with the same Idempotency-Key, after a delay. `after-sign-in`: once the same person has signed
 * in. `after-reading`: once, if what was read again is as the person saw it. `never`: only if the person says so.
 */
export type Repeat = 'never' | 'same-key' | 'after-sign-in' | 'after-reading';

/** What happens to the row on the screen. `patch`: the problem says its state and legal moves. */
export type RowAfter = 'keep' | 'patch' | 'read-again' | 'drop';

/** Which words the person reads; the texts are in the words of the frame, under `problem.<shown>`. */
export type Shown =
  | 'fields'
  | 'sign-in'
  | 'gone'
  | 'moved'
  | 'changed'
  | 'waiting'
  | 'permission-unknown'
  | 'too-large'
  | 'broken'
  | 'nothing';

export interface Treatment {
  readonly repeat: Repeat;
  readonly row: RowAfter;
  readonly shown: Shown;
}

const broken: Treatment = { repeat: 'never', row: 'keep', shown: 'broken' };
const gone: Treatment = { repeat: 'never', row: 'drop', shown: 'gone' };
const waiting: Treatment = { repeat: 'same-key', row: 'keep', shown: 'waiting' };

/** What the application does about each problem, and what a person reads: no screen decides it. */
export const treatments: Readonly<Record<ProblemCode, Treatment>> = {
  invalid: { repeat: 'never', row: 'keep', shown: 'fields' },
  unauthenticated: { repeat: 'after-sign-in', row: 'keep', shown: 'sign-in' },
  // the same for both: whether something exists is not said
  role: gone,
  'not-found': gone,
  'illegal-move': { repeat: 'never', row: 'patch', shown: 'moved' },
  guard: { repeat: 'never', row: 'patch', shown: 'moved' },
  stale: { repeat: 'after-reading', row: 'read-again', shown: 'changed' },
  'too-large': { repeat: 'never', row: 'keep', shown: 'too-large' },
  'too-many': waiting,
  unavailable: waiting,
  'too-slow': waiting,
  'no-network': waiting,
  'timed-out': waiting,
  'consent-view-stale': waiting,
  cancelled: { repeat: 'never', row: 'keep', shown: 'nothing' },
  bug: broken,
  'unknown-form': broken,
  'unsupported-media': broken,
  'key-reused': broken,
  'precondition-required': broken,
};

/** A packet is not shown while the present state of consent is unknown; other reads and acts wait. */
const opening: Partial<Readonly<Record<ProblemCode, Treatment>>> = {
  'consent-view-stale': { repeat: 'never', row: 'keep', shown: 'permission-unknown' },
};

export function treatmentOf({ code }: Pick<Problem, 'code'>, what: 'act' | 'packet' = 'act'): Treatment {
  return (what === 'packet' ? opening[code] : undefined) ?? treatments[code];
}

const longestDelayMs = 60_000;

/**
 * Milliseconds until the next try. `tries`: how many there were, at least 1. `chance`: 0 to 1, so that many waiting
 * browsers do not come back at the same instant. Never earlier than `Retry-After`.
 */
export function delayBefore(tries: number, retryAfterSeconds: number | null, chance: number): number {
  const doubled = Math.min(longestDelayMs, 1000 * 2 ** (tries - 1));
  const spread = Math.min(longestDelayMs, doubled * (0.75 + chance / 2));
  return Math.round(Math.max(spread, (retryAfterSeconds ?? 0) * 1000));
}
