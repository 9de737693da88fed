import type { ReferralId, TaskId } from '#contracts';
import type { Places } from './places.ts';

/** The message to a reader: something changed, read it again. */
export interface Change {
  readonly changeId: number;
  readonly taskId: TaskId | null;
  readonly referralId: ReferralId;
  readonly version: number;
}

/** The first and last change that are kept; both 0 if there is none. */
export interface Kept {
  readonly first: number;
  readonly last: number;
}

/** Where a stream starts, and whether its reader missed changes that are no longer kept. */
export interface Beginning {
  readonly cursor: number;
  readonly reset: boolean;
}

/**
 * Where a reader that sent `Last-Event-ID` continues. Unknown, expired or future ids: send a reset, start from the newest
 * change.
 */
export function beginningFor(lastEventId: string | undefined, kept: Kept, places: Places): Beginning {
  if (lastEventId === undefined || lastEventId === '') return { cursor: kept.last, reset: false };
  const cursor = places.placeIn(lastEventId);
  if (cursor === undefined || cursor > kept.last || cursor < kept.first - 1) return { cursor: kept.last, reset: true };
  return { cursor, reset: false };
}

/** The first lines of a stream: when to reconnect, and the current place, so that even a quiet stream can be resumed. */
export function openingFrames({ cursor, reset }: Beginning, places: Places): string {
  const id = places.idOf(cursor);
  const place = `retry: 2000\nid: ${id}\n\n`;
  return reset ? `${place}id: ${id}\nevent: reset\ndata: {}\n\n` : place;
}

export function changeFrame({ changeId, taskId, referralId, version }: Change, places: Places): string {
  return `id: ${places.idOf(changeId)}\nevent: changed\ndata: ${JSON.stringify({ taskId, referralId, version })}\n\n`;
}

/** A comment: keeps proxies from closing a quiet stream. */
export const stillHere = ': still here\n\n';

/** The last block of a stream that a newer one replaced: reconnect, but not at once, or the two would replace each other. */
export const replacedFrame = 'retry: 60000\nevent: replaced\ndata: {}\n\n';
