import type { ConsentId, InstantText } from '#contracts';
import type { TimerChange } from '#events';
import type { ConsentRecord } from '../consent/consent.ts';
import { plusDays } from '../validity/days.ts';
import { endOf } from '../validity/validity.ts';

/** The consent's own end, and the next reminder before it (domain.md §3.8). */
export const endTimer = 'consent-expiry';
export const reminderTimer = 'consent-expiring';

/** Days before the end at which a reminder to renew is sent. */
export const milestones = [30, 7, 1] as const;
export type Milestone = (typeof milestones)[number];

/** The timers that a complete consent sets when it is recorded. A reminder whose time has already passed is not sent. */
export function endTimers(consentId: ConsentId, record: ConsentRecord, now: InstantText): readonly TimerChange[] {
  const end = endOf(record);
  return end === null
    ? []
    : [{ kind: endTimer, subject: consentId, dueAt: end }, ...reminderTimers(consentId, end, now)];
}

/** For a consent that was revoked. */
export function noEndTimers(consentId: ConsentId): readonly TimerChange[] {
  return [endTimer, reminderTimer].map((kind) => ({ kind, subject: consentId, dueAt: null }));
}

/** The next future reminder; without one, the timer is gone after it has fired. */
export function reminderTimers(consentId: ConsentId, end: InstantText, now: InstantText): readonly TimerChange[] {
  const next = milestones.map((days) => ({ days, dueAt: plusDays(end, -days) })).find(({ dueAt }) => dueAt > now);
  if (next === undefined) return [];
  return [{ kind: reminderTimer, subject: consentId, dueAt: next.dueAt, payload: { days: next.days } }];
}

/** The milestone to publish now: of those that are due, the nearest to the end. */
export function milestoneAt(end: InstantText, now: InstantText): Milestone | undefined {
  return milestones.findLast((days) => plusDays(end, -days) <= now && now < end);
}
