import type { DueGroup, InstantText, TimerName } from '#contracts';
import { dueGroupAt, dueOf } from '#tracking';
import type { TaskRow } from '../model/state.ts';

export interface Due {
  readonly dueTimer: TimerName | null;
  readonly dueAt: InstantText | null;
  readonly dueGroup: DueGroup;
}

/** What of a Task is due first, and how urgent that is now. */
export function due(task: TaskRow, now: InstantText): Due {
  const first = dueOf(task.timers, task.priority);
  return { dueTimer: first?.dueTimer ?? null, dueAt: first?.dueAt ?? null, dueGroup: dueGroupAt(first, now) };
}
