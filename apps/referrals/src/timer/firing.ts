import type { InstantText, Milestone, TimerName } from '#contracts';
import type { Policy } from '../command/command.ts';
import type { TaskRow } from '../state/state.ts';

/** The next thing that a running timer does. `milestone` null: its end (`fire-timer` without a milestone). */
export interface Firing {
  readonly timer: TimerName;
  readonly milestone: Milestone | null;
  readonly at: InstantText;
}

/** What to write into the timer table: `firing` null takes the timer away. */
export interface FiringChange {
  readonly timer: TimerName;
  readonly firing: Firing | null;
}

/** The next firing of each timer that runs (not of those that stand still), one a timer. */
export function nextFirings(_task: TaskRow, _policy: Policy): readonly Firing[] {
  throw new Error('not built yet');
}

/** What changed between two rows of one Task, so that only what changed is written. `before` null: a new Task. */
export function firingChanges(_before: TaskRow | null, _after: TaskRow, _policy: Policy): readonly FiringChange[] {
  throw new Error('not built yet');
}
