import type { InstantText, TaskId, TimerName } from '#contracts';
import type { TimerChange } from '#events';
import type { Policy } from '../domain/model/policy.ts';
import type { AnyReferralEvent, ReferralState } from '../domain/model/state.ts';
import { timersOf } from '../domain/reroute/reroute.process.ts';
import { firingChanges, nextFirings, type FiringChange } from '../domain/timer/firing.ts';

/** A Task's own timers are in the timer table as `task.<timer>`, with the Task as subject. */
export const taskTimerPrefix = 'task.';

/** The timer rows that one step changes: those of its Tasks, and what the reroute process starts. */
export function timerRows(
  before: ReferralState | null,
  after: ReferralState,
  step: { readonly events: readonly AnyReferralEvent[]; readonly policy: Policy },
): readonly TimerChange[] {
  const was = new Map(before?.tasks.map((task) => [task.taskId, task]));
  const ofTasks = after.tasks.flatMap((task) => {
    const old = was.get(task.taskId) ?? null;
    if (old === task) return [];
    return firingChanges(old, task, step.policy).map((change) => rowOf(task.taskId, change));
  });
  const reroutes = step.events.flatMap((event) => timersOf(event));
  return [...ofTasks, ...reroutes];
}

/** The row of a Task's timer that fired before its time by the present policy; none if it is due or has ended. */
export function stillToCome(
  state: ReferralState,
  { taskId, timer }: { readonly taskId: TaskId; readonly timer: TimerName },
  { policy, now }: { readonly policy: Policy; readonly now: InstantText },
): readonly TimerChange[] {
  const task = state.tasks.find((each) => each.taskId === taskId);
  const firing = task && nextFirings(task, policy).find((each) => each.timer === timer);
  return firing === undefined || firing.at <= now ? [] : [rowOf(taskId, { timer, firing })];
}

function rowOf(taskId: TaskId, { timer, firing }: FiringChange): TimerChange {
  return {
    kind: `${taskTimerPrefix}${timer}`,
    subject: taskId,
    dueAt: firing?.at ?? null,
    payload: { milestone: firing?.milestone ?? null },
  };
}
