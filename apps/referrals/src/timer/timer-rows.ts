import type { TimerChange } from '#events';
import type { Policy } from '../command/command.ts';
import type { AnyReferralEvent, ReferralState } from '../state/state.ts';
import { timersOf } from '../reroute/reroute.process.ts';
import { firingChanges } from './firing.ts';

/** A Task's own timers stand in the timer table as `task.<timer>`, their subject the Task. */
export const taskTimerPrefix = 'task.';

/** The timer rows that one step changes: those of its Tasks, and what the reroute process starts. */
export function timerRows(
  before: ReferralState | null,
  after: ReferralState,
  step: { readonly events: readonly AnyReferralEvent[]; readonly policy: Policy; readonly now: string },
): readonly TimerChange[] {
  const was = new Map(before?.tasks.map((task) => [task.taskId, task]));
  const ofTasks = after.tasks.flatMap((task) => {
    const old = was.get(task.taskId) ?? null;
    if (old === task) return [];
    return firingChanges(old, task, step.policy).map(({ timer, firing }): TimerChange => ({
      kind: `${taskTimerPrefix}${timer}`,
      subject: task.taskId,
      dueAt: firing?.at ?? null,
      payload: { milestone: firing?.milestone ?? null },
    }));
  });
  return [...ofTasks, ...step.events.flatMap((event) => timersOf(event, step.now))];
}
