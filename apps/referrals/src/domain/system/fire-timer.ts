import { TaskEscalated } from '#contracts';
import { accepted, refused, type Decision, type RefusalFact } from '#decider';
import { findTimer, type RunningTimer } from '#tracking';
import type { FireTimer } from '../model/command.ts';
import type { FactsWith, LookedUp } from '../model/facts.ts';
import { isBy, type TaskContext, type TaskContextBy } from '../task/rules/transition-request.ts';
import { idsOf } from '../task/effects/ending.ts';
import { omitAbsent } from '../model/omit-absent.ts';
import type { AnyReferralEvent } from '../model/state.ts';
import { moveTask, refusalOf } from '../task/task.ts';
import { recordDelivery } from './record-delivery.ts';
import { instantOf, escalationSchedules, escalationStepsLeft, type EscalationStep } from '../timer/escalation.ts';

/**
 * A timer fires as a command: a milestone is reported once, the end of the schedule moves the Task. If the state moved on,
 * the timer is paused, or it is not due yet, we refuse the firing. So no timer has to be cancelled.
 */
export function fireTimer(
  context: TaskContext,
  command: FireTimer,
  facts: FactsWith<'contact' | 'delivered'>,
): Decision<AnyReferralEvent> {
  const { task } = context;
  if (!isBy(context, 'timer')) return refused({ ...refusalOf(context, 'fire-timer'), code: 'role' });
  const timer = findTimer(task.timers, command.timer);
  if (timer === undefined || timer.pausedAt !== null) {
    return refused({ ...refusalOf(context, 'fire-timer'), code: 'illegal-move' });
  }
  if (facts.clientDied) return timerRefused(context, 'clientIsAlive', { timer: timer.timer });
  // Sent by a version that did not end this timer at the delivery.
  if (timer.timer === 'deliver-by' && facts.delivered) return accepted(recordDelivery(task));
  const step = escalationStepsLeft(timer).find((each) => each.tells === command.milestone);
  if (step === undefined) {
    const known = escalationSchedules[timer.timer].some((each) => each.tells === command.milestone);
    const why = { timer: timer.timer, milestone: command.milestone ?? null };
    return timerRefused(context, known ? 'milestoneNotReportedYet' : 'timerHasThisStep', why);
  }
  const at = instantOf(step, timer, task, facts.policy);
  if (at > facts.now) return timerRefused(context, 'timerHasRunOut', { timer: timer.timer, at });
  return step.makes === undefined
    ? accepted(escalations(context, timer, [step], facts))
    : ending(context, timer, step, facts);
}

/** If the service was down, send the escalations it missed together with the final one. */
function ending(
  context: TaskContextBy<'timer'>,
  timer: RunningTimer,
  step: EscalationStep,
  facts: FactsWith<'contact'>,
): Decision<AnyReferralEvent> {
  if (step.makes === undefined) throw new Error('the last step of this schedule makes no move');
  const moved = moveTask(context, step.makes, {}, facts);
  if (moved.kind === 'refused') return moved;
  return accepted([...escalations(context, timer, escalationStepsLeft(timer), facts), ...moved.events]);
}

/** A late first contact also names the channels by which the client may be reached, unless all are allowed. */
function escalations(
  { task }: TaskContext,
  { timer }: RunningTimer,
  steps: readonly EscalationStep[],
  { contact }: Pick<LookedUp, 'contact'>,
): readonly AnyReferralEvent[] {
  const contactChannels = timer === 'first-contact-by' ? contact.channels : null;
  return steps.flatMap(({ tells }) =>
    tells === undefined
      ? []
      : [TaskEscalated.of({ ...idsOf(task), timer, milestone: tells, ...omitAbsent({ contactChannels }) })],
  );
}

function timerRefused(
  context: TaskContext,
  guard: string,
  facts: Readonly<Record<string, RefusalFact>>,
): Decision<AnyReferralEvent> {
  return refused({ ...refusalOf(context, 'fire-timer'), code: 'guard', guard, facts });
}
