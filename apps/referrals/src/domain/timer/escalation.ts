import type { InstantText, Milestone, TimerName } from '#contracts';
import { hasReached, plus, lengthOf, type RunningTimer } from '#tracking';
import type { Policy } from '../model/policy.ts';
import type { TaskRow } from '../model/state.ts';

/** Moves that time itself makes at the end of an escalation schedule: rows 19, 24 and the end of a suspension. */
export type TimedMove = 'expire' | 'confirm-withdrawal' | 'withdraw';

/**
 * One step of an escalation schedule: who is notified, or which move is made, and when. A number is a percentage of the timer's length; `then` the
 * second mark, from the timer's start as well; `lead` so long before the due time as the policy says.
 */
export interface EscalationStep {
  readonly at: number | 'then' | 'lead';
  readonly tells?: Milestone;
  readonly makes?: TimedMove;
}

/** The column "when it fires" of domain.md §2, timers. */
export const escalationSchedules: Readonly<Record<TimerName, readonly EscalationStep[]>> = {
  'deliver-by': [{ at: 100, tells: 'supervisor' }],
  'acknowledge-by': [
    { at: 50, tells: 'reminded' },
    { at: 80, tells: 'supervisor' },
    { at: 100, tells: 'coordinator' },
    { at: 200, makes: 'expire' },
  ],
  'respond-by': [
    { at: 50, tells: 'reminded' },
    { at: 80, tells: 'supervisor' },
    { at: 100, tells: 'coordinator' },
    { at: 100, makes: 'expire' },
  ],
  'info-reply-by': [
    { at: 100, tells: 'supervisor' },
    { at: 200, tells: 'coordinator' },
  ],
  'review-by': [
    { at: 100, tells: 'coordinator' },
    { at: 200, tells: 'supervisor' },
  ],
  'withdrawal-effective': [{ at: 100, makes: 'confirm-withdrawal' }],
  suspension: [
    { at: 100, tells: 'coordinator' },
    { at: 'then', makes: 'withdraw' },
  ],
  'reroute-by': [{ at: 100, tells: 'coordinator' }],
  'first-contact-by': [{ at: 100, tells: 'supervisor' }],
  'needed-by': [{ at: 'lead', tells: 'coordinator' }],
  'stale-update': [
    { at: 100, tells: 'reminded' },
    { at: 'then', tells: 'coordinator' },
  ],
  'waitlist-review': [{ at: 100, tells: 'reminded' }],
};

/**
 * When a step of a running timer is reached. A timer keeps the length that it began with, whatever the network decides
 * afterwards, and where that is the longer one the second mark waits for it; a lead is the network's as it stands now.
 */
export function instantOf(step: EscalationStep, timer: RunningTimer, task: TaskRow, policy: Policy): InstantText {
  const length = policy.timers[timer.timer];
  if (step.at === 'lead') return plus(timer.dueAt, -length[task.priority]);
  if (step.at === 'then') {
    return plus(timer.startedAt, Math.max((length.then ?? length)[task.priority], lengthOf(timer)));
  }
  return plus(timer.startedAt, (lengthOf(timer) * step.at) / 100);
}

/** The steps after the last one that was reported. A step before it is not reported any more. */
export function escalationStepsLeft(timer: RunningTimer): readonly EscalationStep[] {
  const schedule = escalationSchedules[timer.timer];
  const highest = schedule.findLastIndex((step) => step.tells !== undefined && hasReached(timer, step.tells));
  return schedule.slice(highest + 1);
}

/** The timer that has run out so far that time may make this move; undefined when none has. */
export function timerFor(move: TimedMove, task: TaskRow, now: InstantText, policy: Policy): RunningTimer | undefined {
  return task.timers.find((timer) => {
    const step = escalationSchedules[timer.timer].find((each) => each.makes === move);
    return step !== undefined && timer.pausedAt === null && instantOf(step, timer, task, policy) <= now;
  });
}
