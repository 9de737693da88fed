import { setTimeout as sleep } from 'node:timers/promises';
import { databaseFault } from '#persistence';

export interface Patience<T> {
  /** Called with a sentence each time it waits. */
  readonly tell: (words: string) => void;
  /** Cancels the wait: the start is given up. */
  readonly stopping?: AbortSignal | undefined;
  /** Closes what became ready only after the start was given up. */
  readonly late: (done: T) => Promise<void>;
}

const firstPauseMs = 500;
const longestPauseMs = 5_000;
/** A running step may finish in order; one that hangs on a silent host delays nobody. */
const graceMs = 1_000;

/** A sentence for faults that an operator can fix. */
const knownCauses: Readonly<Record<string, string>> = {
  '53300': 'all its connections are taken',
  '57P03': 'it is starting or stopping',
};

/**
 * Repeats the work while the database is unavailable: a booting machine may start us before it. Any other fault (a
 * password, a name) would be the same the next time, so it is thrown.
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

/** Rejects a moment after a stop is requested, if the work has not ended by then. */
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

/** By its code: its message contains the address. */
function causeOf(error: unknown): string {
  for (let at = error as Partial<Caused> | undefined; at !== undefined; at = at.errors?.[0] ?? at.cause) {
    if (typeof at.code === 'string') return knownCauses[at.code] ?? at.code;
  }
  return 'it does not answer';
}

interface Caused {
  readonly code: unknown;
  readonly cause: Partial<Caused>;
  /** For a name with several addresses. */
  readonly errors: readonly Partial<Caused>[];
}
