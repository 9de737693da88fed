import type { InstantText, OrganizationId, TaskId, Template } from '#contracts';
import type { Addressee } from '../audience/addressee.ts';
import type { Why } from '../audience/notification-rule.ts';

/** The timer's kind; its subject is the event, its key the referral. */
export const tellLater = 'tell-later';

/** A telling that nobody was there to hear: kept in the timer until somebody is, or it is given up. */
export interface LateTelling {
  readonly template: Template;
  readonly taskId: TaskId | null;
  readonly to: readonly Addressee[];
  /** For messages of the platform itself: the organizations whose privacy officers get it; empty means all. */
  readonly officersOf?: readonly OrganizationId[];
  readonly reportsBack: boolean;
  readonly why?: Why;
  readonly correlationId: string;
  readonly tries: number;
}

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
// The first ones bridge a copy that lags behind (identity's events travel on another topic than a referral's); the last
// ones an organization that has nobody in that role today.
const pauses = [2 * seconds, 10 * seconds, minutes, 10 * minutes, hours, 24 * hours];

/** When to look again after so many tries; null when it is given up. */
export function lookAgain(
  now: InstantText,
  tries: number,
): { readonly dueAt: InstantText; readonly pauseMs: number } | null {
  const pauseMs = pauses[tries];
  return pauseMs === undefined ? null : { dueAt: new Date(Date.parse(now) + pauseMs).toISOString(), pauseMs };
}

/** Reads a timer's own payload. */
export function lateTellingOf(payload: Readonly<Record<string, unknown>>): LateTelling {
  return payload as unknown as LateTelling;
}
