import type { DueGroup, InstantText, Priority, TimerName } from '#contracts';
import { between, plus } from '../instant.ts';
import { lengthOf, type Timers } from './running-timer.ts';

/**
 * When a Task becomes due soon, overdue and critically overdue (contract.md §2.1, dueGroup). We store instants instead of
 * a group, so that the group at any time is a comparison, and an index can answer it.
 */
export interface Due {
  readonly dueTimer: TimerName;
  /** Half of the timer has passed. */
  readonly soonAt: InstantText;
  readonly dueAt: InstantText;
  /** Urgent: immediately. Routine: when it is late by more than the timer's own length. */
  readonly criticalAt: InstantText;
}

export type DueMarks = Pick<Due, 'soonAt' | 'dueAt' | 'criticalAt'>;

/** The timer that is due first. A paused timer is not due, and delivery is work of the system, not of a person. */
export function dueOf(timers: Timers, priority: Priority): Due | null {
  const first = timers
    .filter((each) => each.pausedAt === null && each.timer !== 'deliver-by')
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt)))[0];
  if (first === undefined) return null;
  const length = lengthOf(first);
  return {
    dueTimer: first.timer,
    soonAt: plus(first.dueAt, -Math.floor(length / 2)),
    dueAt: first.dueAt,
    // a moved timer may be due before it started: it is critical when it is overdue, not earlier
    criticalAt: priority === 'urgent' ? first.dueAt : plus(first.dueAt, Math.max(length, -1) + 1),
  };
}

/** What of a Task is due first, and how urgent that is at an instant; null and `none` if nothing is. */
export function dueNow(
  { timers, priority }: { readonly timers: Timers; readonly priority: Priority },
  now: InstantText,
): { readonly dueTimer: TimerName | null; readonly dueAt: InstantText | null; readonly dueGroup: DueGroup } {
  const first = dueOf(timers, priority);
  return { dueTimer: first?.dueTimer ?? null, dueAt: first?.dueAt ?? null, dueGroup: dueGroupAt(first, now) };
}

/** The group at an instant. */
export function dueGroupAt(due: DueMarks | null, now: InstantText): DueGroup {
  if (due === null) return 'none';
  if (isReached(due.dueAt, now)) return isReached(due.criticalAt, now) ? 'critically-overdue' : 'overdue';
  return isReached(due.soonAt, now) ? 'due-soon' : 'not-due';
}

function isReached(instant: InstantText, now: InstantText): boolean {
  return between(instant, now) >= 0;
}
