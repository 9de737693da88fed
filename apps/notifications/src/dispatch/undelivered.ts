import type { InstantText, OrganizationId, TaskId, Template } from '#contracts';
import type { Addressee } from '../audience/addressee.ts';
import type { Why } from '../audience/notification-rule.ts';

/** The timer's kind; its subject is the event, its key the referral. */
export const retryUndelivered = 'tell-later';

/** A notification whose addressees had no person yet. The timer keeps it until they have one, or it is given up. */
export interface Undelivered {
  readonly template: Template;
  readonly taskId: TaskId | null;
  readonly to: readonly Addressee[];
  /** For a notification about the platform itself: the organizations whose privacy officers get it; empty means all. */
  readonly officersOf?: readonly OrganizationId[];
  readonly reportsBack: boolean;
  readonly why?: Why;
  readonly correlationId: string;
  readonly tries: number;
}

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
// The first pauses bridge a replica that lags behind (identity's events are in another topic than a referral's); the last
// ones an organization that has nobody in that role today.
const pauses = [2 * seconds, 10 * seconds, minutes, 10 * minutes, hours, 24 * hours];

/** When the next try is due after so many tries; null if it is given up. */
export function nextTry(
  now: InstantText,
  tries: number,
): { readonly dueAt: InstantText; readonly pauseMs: number } | null {
  const pauseMs = pauses[tries];
  return pauseMs === undefined ? null : { dueAt: new Date(Date.parse(now) + pauseMs).toISOString(), pauseMs };
}

/** Reads the payload of such a timer. */
export function undeliveredOf(payload: Readonly<Record<string, unknown>>): Undelivered {
  return payload as unknown as Undelivered;
}
