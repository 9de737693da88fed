import type { InstantText, TimerName } from '#contracts';
import type { Due, DueMarks } from '#tracking';

/** The columns that say when a Task is due. */
export interface DueColumns {
  readonly due_timer: TimerName | null;
  readonly due_at: InstantText | null;
  readonly soon_at: InstantText | null;
  readonly critical_at: InstantText | null;
}

export const dueColumnNames = { due_timer: true, due_at: true, soon_at: true, critical_at: true } as const;

export function dueColumns(due: Due | null): DueColumns {
  if (due === null) return { due_timer: null, due_at: null, soon_at: null, critical_at: null };
  return { due_timer: due.dueTimer, due_at: due.dueAt, soon_at: due.soonAt, critical_at: due.criticalAt };
}

/** The due columns of a stored row. */
export function markedDue({ soon_at, due_at, critical_at }: DueColumns): DueMarks | null {
  if (soon_at === null || due_at === null || critical_at === null) return null;
  return { soonAt: soon_at, dueAt: due_at, criticalAt: critical_at };
}
