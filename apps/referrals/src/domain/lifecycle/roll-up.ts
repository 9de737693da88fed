import { NeedSettled, ReferralClosed, ReferralReopened } from '#contracts';
import { isOpen, needStatusOf, type NeedStatus } from '#tracking';
import { omitAbsent } from '../model/omit-absent.ts';
import { tasksOfNeed } from '../evolve/referral.fold.ts';
import type { AnyReferralEvent, NeedRow, ReferralState, TaskRow } from '../model/state.ts';

/** Whether a need has its answer, and which; a settlement by hand stands until a Task is open again. */
function resultOf(need: NeedRow, tasks: readonly TaskRow[]): Pick<NeedStatus<TaskRow>, 'result' | 'reason'> {
  return need.settledByHand && !tasks.some(isOpen)
    ? { result: need.result, reason: need.settledReason }
    : needStatusOf(tasks);
}

/** In play, no Task of it is open, and nothing in those that ended answers it. */
export function isLeft(need: NeedRow, tasks: readonly TaskRow[]): boolean {
  return need.result === 'in-play' && !tasks.some(isOpen) && needStatusOf(tasks).result === 'in-play';
}

/** Needs whose result is no longer what their Tasks make of them, as events. `state`: after the command's own events. */
export function settlements(state: ReferralState): readonly NeedSettled[] {
  return state.needs.flatMap((need) => {
    const { result, reason } = resultOf(need, tasksOfNeed(state, need.serviceRequestId));
    if (result === need.result) return [];
    const { referralId } = state;
    return [NeedSettled.of({ referralId, serviceRequestId: need.serviceRequestId, result, ...omitAbsent({ reason }) })];
  });
}

/**
 * A referral closes when every need is settled and opens again when one no longer is. It never says closed without the
 * split, so a change of the split is published by opening and closing again. `state`: after the settlements.
 */
export function closing(state: ReferralState): readonly AnyReferralEvent[] {
  const { referralId, closed, needs } = state;
  const settled = needs.length > 0 && needs.every((need) => need.result !== 'in-play');
  if (!settled) return closed === null ? [] : [ReferralReopened.of({ referralId })];
  const split = { met: count(needs, 'met'), partlyMet: count(needs, 'partly-met'), unmet: count(needs, 'unmet') };
  if (
    closed !== null &&
    closed.met === split.met &&
    closed.partlyMet === split.partlyMet &&
    closed.unmet === split.unmet
  ) {
    return [];
  }
  return [
    ...(closed === null ? [] : [ReferralReopened.of({ referralId })]),
    ReferralClosed.of({
      referralId,
      closeCode: split.met + split.partlyMet > 0 ? 'closed-with-service' : 'closed-without-service',
      metCount: split.met,
      partlyMetCount: split.partlyMet,
      unmetCount: split.unmet,
    }),
  ];
}

function count(needs: readonly NeedRow[], result: NeedRow['result']): number {
  return needs.filter((need) => need.result === result).length;
}
