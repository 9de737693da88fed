import { resultForSender, senderView } from '#tracking';
import { tasksOfNeed } from '../evolve/referral.fold.ts';
import type { NeedRow, ReferralState } from '../model/state.ts';

/**
 * The referral as its sender may see it (contract.md §4.6). Where a Task of a need may report nothing, the need stays in
 * play for them unless a person settled it, nobody else is proposed for it, and a closing that rests on such a need has not happened; their versions
 * stand still as well. Tasks are cut one by one, by `senderView`.
 */
export function asSeenBySender(state: ReferralState): ReferralState {
  const needs = state.needs.map((need) => needSeenBySender(state, need));
  const withheld = needs.some((need, index) => need.result !== state.needs[index]?.result);
  return withheld ? { ...state, needs, closed: null, version: state.openVersion } : { ...state, needs };
}

/** One need of it. */
export function needSeenBySender(state: ReferralState, need: NeedRow): NeedRow {
  const tasks = tasksOfNeed(state, need.serviceRequestId).filter((task) => task.state !== 'entered-in-error');
  if (tasks.every((task) => task.frozen === null)) return need;
  const still = { ...need, proposal: null, rerouteAfterTaskId: null };
  if (need.settledByHand) return still;
  const version = Math.max(...tasks.map((task) => senderView(task).version));
  return { ...still, result: resultForSender(need, tasks), settledReason: null, version };
}
