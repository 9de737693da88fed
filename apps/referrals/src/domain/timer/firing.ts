import type { InstantText, Milestone, TimerName } from '#contracts';
import type { RunningTimer } from '#tracking';
import type { Policy } from '../model/policy.ts';
import type { TaskRow } from '../model/state.ts';
import { instantOf, escalationStepsLeft } from './escalation.ts';

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
export function nextFirings(task: TaskRow, policy: Policy): readonly Firing[] {
  return task.timers.flatMap((timer) => nextFiring(timer, task, policy) ?? []);
}

/** What changed between two rows of one Task, so that only what changed is written. `before` null: a new Task. */
export function firingChanges(before: TaskRow | null, after: TaskRow, policy: Policy): readonly FiringChange[] {
  const old = before === null ? [] : nextFirings(before, policy);
  const next = nextFirings(after, policy);
  const gone = old.filter((each) => !next.some((one) => one.timer === each.timer));
  return [
    ...gone.map(({ timer }) => ({ timer, firing: null })),
    ...next.filter((each) => !old.some((one) => same(one, each))).map((firing) => ({ timer: firing.timer, firing })),
  ];
}

function nextFiring(timer: RunningTimer, task: TaskRow, policy: Policy): Firing | null {
  const step = timer.pausedAt === null ? escalationStepsLeft(timer)[0] : undefined;
  if (step === undefined) return null;
  return { timer: timer.timer, milestone: step.tells ?? null, at: instantOf(step, timer, task, policy) };
}

function same(one: Firing, other: Firing): boolean {
  return one.timer === other.timer && one.milestone === other.milestone && one.at === other.at;
}
