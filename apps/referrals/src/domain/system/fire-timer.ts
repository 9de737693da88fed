import { TaskEscalated } from '#contracts';
import { accepted, refused, type Decision, type RefusalFact } from '#decider';
import { findTimer, type RunningTimer } from '#tracking';
import type { Facts, FireTimer } from '../model/command.ts';
import type { Standing } from '../task/rules/transition-request.ts';
import { idsOf } from '../task/effects/ending.ts';
import { present } from '../model/omit-absent.ts';
import type { AnyReferralEvent } from '../model/state.ts';
import { moveTask, refusalOf } from '../task/task.ts';
import { recordDelivery } from './record-delivery.ts';
import { instantOf, ladders, rungsLeft, type Rung } from '../timer/escalation.ts';

/**
 * A timer fires as a command: a milestone is reported once, the end of the schedule moves the Task. If the state moved on,
 * the timer is paused, or it is not due yet, we refuse the firing. So no timer has to be cancelled.
 */
export function fireTimer(standing: Standing, command: FireTimer, facts: Facts): Decision<AnyReferralEvent> {
  const { task, caller } = standing;
  if (caller.kind !== 'timer') return refused({ ...refusalOf(standing, 'fire-timer'), code: 'role' });
  const timer = findTimer(task.timers, command.timer);
  if (timer === undefined || timer.pausedAt !== null) {
    return refused({ ...refusalOf(standing, 'fire-timer'), code: 'illegal-move' });
  }
  if (facts.clientDied === true) return guardRefused(standing, 'clientIsAlive', { timer: timer.timer });
  // Sent by a version that did not end this timer at the delivery.
  if (timer.timer === 'deliver-by' && facts.delivered === true) return accepted(recordDelivery(task));
  const rung = rungsLeft(timer).find((each) => each.tells === command.milestone);
  if (rung === undefined) {
    const known = ladders[timer.timer].some((each) => each.tells === command.milestone);
    const why = { timer: timer.timer, milestone: command.milestone ?? null };
    return guardRefused(standing, known ? 'milestoneNotToldYet' : 'timerHasThisRung', why);
  }
  const at = instantOf(rung, timer, task, facts.policy);
  if (at > facts.now) return guardRefused(standing, 'timerHasRunOut', { timer: timer.timer, at });
  return rung.makes === undefined
    ? accepted(telling(standing, timer, [rung], facts))
    : ending(standing, timer, rung, facts);
}

/** If the service was down, send the escalations it missed together with the final one. */
function ending(standing: Standing, timer: RunningTimer, rung: Rung, facts: Facts): Decision<AnyReferralEvent> {
  if (rung.makes === undefined) throw new Error('the end of a ladder makes a move');
  const moved = moveTask(standing, rung.makes, {}, facts);
  if (moved.kind === 'refused') return moved;
  return accepted([...telling(standing, timer, rungsLeft(timer), facts), ...moved.events]);
}

/** A late first contact also names the channels by which the client may be reached, unless all are allowed. */
function telling(
  { task }: Standing,
  { timer }: RunningTimer,
  rungs: readonly Rung[],
  { contact }: Facts,
): readonly AnyReferralEvent[] {
  const contactChannels = timer === 'first-contact-by' ? contact?.channels : null;
  return rungs.flatMap(({ tells }) =>
    tells === undefined
      ? []
      : [TaskEscalated.of({ ...idsOf(task), timer, milestone: tells, ...present({ contactChannels }) })],
  );
}

function guardRefused(
  standing: Standing,
  guard: string,
  facts: Readonly<Record<string, RefusalFact>>,
): Decision<AnyReferralEvent> {
  return refused({ ...refusalOf(standing, 'fire-timer'), code: 'guard', guard, facts });
}
