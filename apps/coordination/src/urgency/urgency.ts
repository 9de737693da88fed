import type { DueGroup, InstantText, Priority, TimerName } from '#contracts';
import { between, later, type Timers } from '../timer/running.ts';

/**
 * When a thing becomes due soon, overdue and critically overdue (contract.md §2.1, dueGroup). Kept as instants, so that
 * the group at any moment is a comparison and an index can answer it.
 */
export interface Due {
  readonly dueTimer: TimerName;
  /** Half of the timer has passed. */
  readonly soonAt: InstantText;
  readonly dueAt: InstantText;
  /** Urgent: at once. Routine: later than due by more than the timer's own length. */
  readonly criticalAt: InstantText;
}

/** The timer that is due first; one that stands still is not due. Delivery is the house's own affair, not a person's. */
export function dueOf(timers: Timers, priority: Priority): Due | null {
  const first = timers
    .filter((each) => each.pausedAt === null && each.timer !== 'deliver-by')
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt)))[0];
  if (first === undefined) return null;
  const length = between(first.startedAt, first.dueAt);
  return {
    dueTimer: first.timer,
    soonAt: later(first.dueAt, -Math.floor(length / 2)),
    dueAt: first.dueAt,
    // A moved timer may be due before it started: it is critical when it is overdue, not earlier.
    criticalAt: priority === 'urgent' ? first.dueAt : later(first.dueAt, Math.max(length, -1) + 1),
  };
}

/** The group at an instant. */
export function dueGroupAt(due: Pick<Due, 'soonAt' | 'dueAt' | 'criticalAt'> | null, now: InstantText): DueGroup {
  if (due === null) return 'none';
  if (now >= due.dueAt) return now >= due.criticalAt ? 'critically-overdue' : 'overdue';
  return now >= due.soonAt ? 'due-soon' : 'not-due';
}

/** The same as columns of a row. */
export interface DueColumns {
  readonly due_timer: TimerName | null;
  readonly due_at: InstantText | null;
  readonly soon_at: InstantText | null;
  readonly critical_at: InstantText | null;
}

export const dueColumnNames = ['due_timer', 'due_at', 'soon_at', 'critical_at'] as const;

export function dueColumns(due: Due | null): DueColumns {
  if (due === null) return { due_timer: null, due_at: null, soon_at: null, critical_at: null };
  return { due_timer: due.dueTimer, due_at: due.dueAt, soon_at: due.soonAt, critical_at: due.criticalAt };
}

/** The marks of a stored row. */
export function markedDue({
  soon_at,
  due_at,
  critical_at,
}: DueColumns): Pick<Due, 'soonAt' | 'dueAt' | 'criticalAt'> | null {
  if (soon_at === null || due_at === null || critical_at === null) return null;
  return { soonAt: soon_at, dueAt: due_at, criticalAt: critical_at };
}
