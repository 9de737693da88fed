import { databaseFault } from '#persistence';
import { reasonOf } from '../reason.ts';
import type { AttemptOutcome } from './delivery.ts';

/** Another consumer handled the event between our check and our commit: we roll back and lose nothing. */
export class HandledMeanwhile extends Error {}

/**
 * A statement of the handler took too long or waited too long for a lock. The database is available, so only this event
 * is affected: if we called this "unavailable", one slow event would block its partition for ever. It is not the event's
 * fault either, so its key waits and is retried without a person.
 */
const tooLong = new Set(['57014', '55P03', '25P03']);

/**
 * Classify here, where the reason still exists: outside the wrapper Nest gives only "Internal server error" (traps.md
 * 29).
 */
export function outcomeOf(error: unknown): AttemptOutcome {
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
