import type { InstantText, Milestone, PolicyTimer, TimerName } from '#contracts';
import { hasReached, plus, lengthOf, type RunningTimer } from '#tracking';
import type { Policy, TimerWithSecondMark } from '../model/policy.ts';
import type { TaskRow } from '../model/state.ts';

/** Moves that time itself makes at the end of an escalation schedule: rows 19, 24 and the end of a suspension. */
export type TimedMove = 'expire' | 'confirm-withdrawal' | 'withdraw';

/**
 * When a step is reached: a percentage of the timer's length; or the second mark that the policy gives this timer, also
 * from its start; or as long before the due time as the policy says.
 */
export type Mark = number | { readonly secondOf: TimerWithSecondMark } | { readonly leadOf: PolicyTimer };

/** One step of an escalation schedule: when, and who is notified or which move is made. */
export interface EscalationStep {
  readonly at: Mark;
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
    { at: { secondOf: 'suspension' }, makes: 'withdraw' },
  ],
  'reroute-by': [{ at: 100, tells: 'coordinator' }],
  'first-contact-by': [{ at: 100, tells: 'supervisor' }],
  'needed-by': [{ at: { leadOf: 'needed-by' }, tells: 'coordinator' }],
  'stale-update': [
    { at: 100, tells: 'reminded' },
    { at: { secondOf: 'stale-update' }, tells: 'coordinator' },
  ],
  'waitlist-review': [{ at: 100, tells: 'reminded' }],
};

/**
 * When a step of a running timer is reached. A timer keeps the length that it began with, whatever the network decides
 * afterwards, and where that is the longer one the second mark waits for it; a lead is the network's as it stands now.
 */
export function instantOf({ at }: EscalationStep, timer: RunningTimer, task: TaskRow, policy: Policy): InstantText {
  if (typeof at === 'number') return plus(timer.startedAt, (lengthOf(timer) * at) / 100);
  if ('leadOf' in at) return plus(timer.dueAt, -policy.timers[at.leadOf][task.priority]);
  return plus(timer.startedAt, Math.max(policy.timers[at.secondOf].then[task.priority], lengthOf(timer)));
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
