import type { ReferralId, TaskId } from '#contracts';

/** What a reader is told: something changed, ask again. */
export interface Change {
  readonly changeId: number;
  readonly taskId: TaskId | null;
  readonly referralId: ReferralId;
  readonly version: number;
}

/** The first and last change that are kept; both 0 where there is none. */
export interface Kept {
  readonly first: number;
  readonly last: number;
}

/** Where a stream begins, and whether its reader missed what is kept no more. */
export interface Beginning {
  readonly cursor: number;
  readonly reset: boolean;
}

/**
 * Where to go on for a reader that gave `Last-Event-ID`. What is no id of ours, from a time that is no more kept, or
 * from a future that this house has not seen: from now on, after a reset.
 */
export function beginningFor(lastEventId: string | undefined, kept: Kept): Beginning {
  if (lastEventId === undefined || lastEventId === '') return { cursor: kept.last, reset: false };
  const cursor = cursorIn(lastEventId);
  if (cursor === undefined || cursor > kept.last || cursor < kept.first - 1) return { cursor: kept.last, reset: true };
  return { cursor, reset: false };
}

/** The opaque id of a place in the changes. */
export function eventIdOf(changeId: number): string {
  return Buffer.from(`change:${changeId}`, 'utf8').toString('base64url');
}

/** The first lines of a stream: how soon to come back, and where it stands, so that even a quiet one can be resumed. */
export function openingFrames({ cursor, reset }: Beginning): string {
  const place = `retry: 2000\nid: ${eventIdOf(cursor)}\n\n`;
  return reset ? `${place}id: ${eventIdOf(cursor)}\nevent: reset\ndata: {}\n\n` : place;
}

export function changeFrame({ changeId, taskId, referralId, version }: Change): string {
  return `id: ${eventIdOf(changeId)}\nevent: changed\ndata: ${JSON.stringify({ taskId, referralId, version })}\n\n`;
}

/** A comment: keeps proxies from closing a quiet stream. */
export const stillHere = ': still here\n\n';

function cursorIn(eventId: string): number | undefined {
  const digits = /^change:(\d{1,15})$/.exec(Buffer.from(eventId, 'base64url').toString('utf8'))?.[1];
  return digits === undefined || eventIdOf(Number(digits)) !== eventId ? undefined : Number(digits);
}
