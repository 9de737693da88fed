import { databaseFault } from '#persistence';
import { reasonOf } from '../reason.ts';
import type { Outcome } from './delivery.ts';

/** Another consumer handled the event between our look and our commit: nothing is lost by rolling back. */
export class HandledMeanwhile extends Error {}

/**
 * A statement of the handler took too long or waited too long for a lock. The database is there, so only this event is
 * concerned: were it "unavailable", one slow event would hold its partition for ever. It is no fault of the event either:
 * its key waits, and is tried again without a person.
 */
const tooLong = new Set(['57014', '55P03', '25P03']);

/** Where the reason still exists: behind the wrapper Nest leaves only "Internal server error" (traps.md 29). */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof HandledMeanwhile) return { kind: 'handled', waiting: [] };
  const fault = databaseFault(error);
  if (fault === 'met') return { kind: 'met', reason: reasonOf(error) };
  if (tooLong.has(codeOf(error) ?? '')) return { kind: 'slow', reason: reasonOf(error) };
  if (fault === 'unavailable') return { kind: 'unavailable', cause: error };
  return { kind: 'failed', reason: reasonOf(error) };
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
