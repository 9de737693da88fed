import { setTimeout as sleep } from 'node:timers/promises';
import { databaseFault } from '#persistence';

export interface Patience {
  /** Told each time in words what is waited for. */
  readonly tell: (words: string) => void;
  /** Ends the waiting: the start is given up. */
  readonly stopping?: AbortSignal | undefined;
}

const firstPauseMs = 500;
const longestPauseMs = 5_000;

/**
 * Does the work again for as long as the database is away: a machine that boots starts us before it. Whatever else is
 * wrong (a password, a name) would be wrong the next time, too, and is thrown.
 */
export async function whenThereIsADatabase<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    patience.stopping?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (databaseFault(error) !== 'unavailable') throw error;
      patience.tell(`waiting for the database (${causeOf(error)})`);
    }
    await sleep(pause, undefined, patience.stopping === undefined ? {} : { signal: patience.stopping });
  }
}

/** By its code: its words name the address. */
function causeOf(error: unknown): string {
  for (let at = error as Partial<Caused> | undefined; at !== undefined; at = at.errors?.[0] ?? at.cause) {
    if (typeof at.code === 'string') return at.code;
  }
  return 'it does not answer';
}

interface Caused {
  readonly code: unknown;
  readonly cause: Partial<Caused>;
  /** Of a name with several addresses. */
  readonly errors: readonly Partial<Caused>[];
}
