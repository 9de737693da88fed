import type { DueGroup, InstantText, TimerName } from '#contracts';
import type { RunningTimer, TaskRow } from '../model/state.ts';
import { between } from '../model/instant.ts';
import { lengthOf } from './running.ts';

export interface Due {
  readonly dueTimer: TimerName | null;
  readonly dueAt: InstantText | null;
  readonly dueGroup: DueGroup;
}

/** The timer of a Task that is due first; one that stands still is not due. Delivery is the house's own, not a person's. */
export function due(task: TaskRow, now: InstantText): Due {
  const first = task.timers
    .filter((each) => each.pausedAt === null && each.timer !== 'deliver-by')
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt)))[0];
  if (first === undefined) return { dueTimer: null, dueAt: null, dueGroup: 'none' };
  return { dueTimer: first.timer, dueAt: first.dueAt, dueGroup: groupOf(first, task, now) };
}

function groupOf(timer: RunningTimer, task: TaskRow, now: InstantText): DueGroup {
  const overdueBy = between(timer.dueAt, now);
  const length = lengthOf(timer);
  if (overdueBy >= 0) {
    return task.priority === 'urgent' || overdueBy > length ? 'critically-overdue' : 'overdue';
  }
  return -overdueBy <= length / 2 ? 'due-soon' : 'not-due';
}
