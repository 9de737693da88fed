import { setTimeout as sleep } from 'node:timers/promises';
import { databaseFault } from '#persistence';

export interface Patience<T> {
  /** Told each time in words what is waited for. */
  readonly tell: (words: string) => void;
  /** Ends the waiting: the start is given up. */
  readonly stopping?: AbortSignal | undefined;
  /** Puts away what was ready only after the start was given up. */
  readonly late: (done: T) => Promise<void>;
}

const firstPauseMs = 500;
const longestPauseMs = 5_000;
/** A step under way may end in order; one that hangs on a silent host holds nobody up. */
const graceMs = 1_000;

/** What an operator can do something about is said in words. */
const knownCauses: Readonly<Record<string, string>> = {
  '53300': 'all its connections are taken',
  '57P03': 'it is starting or stopping',
};

/**
 * Does the work again for as long as the database is away: a machine that boots starts us before it. Whatever else is
 * wrong (a password, a name) would be wrong the next time, too, and is thrown.
 */
export async function whenThereIsADatabase<T>(work: () => Promise<T>, patience: Patience<T>): Promise<T> {
  for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    patience.stopping?.throwIfAborted();
    try {
      return await unlessStopped(work(), patience);
    } catch (error) {
      if (databaseFault(error) !== 'unavailable') throw error;
      patience.tell(`waiting for the database (${causeOf(error)})`);
    }
    await sleep(pause, undefined, patience.stopping === undefined ? {} : { signal: patience.stopping });
  }
}

/** Rejects a moment after a stop is asked for, where the work has not ended by then. */
async function unlessStopped<T>(work: Promise<T>, { stopping, late }: Patience<T>): Promise<T> {
  if (stopping === undefined) return work;
  const ended = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    const giveUp = (): void => {
      work.then(late).catch(() => undefined);
      reject(stopping.reason as Error);
    };
    const grace = (): void => void sleep(graceMs, undefined, { signal: ended.signal }).then(giveUp, () => undefined);
    stopping.addEventListener('abort', grace, { once: true, signal: ended.signal });
  });
  return Promise.race([work, stopped]).finally(() => ended.abort());
}

/** By its code: its words name the address. */
function causeOf(error: unknown): string {
  for (let at = error as Partial<Caused> | undefined; at !== undefined; at = at.errors?.[0] ?? at.cause) {
    if (typeof at.code === 'string') return knownCauses[at.code] ?? at.code;
  }
  return 'it does not answer';
}

interface Caused {
  readonly code: unknown;
  readonly cause: Partial<Caused>;
  /** Of a name with several addresses. */
  readonly errors: readonly Partial<Caused>[];
}
