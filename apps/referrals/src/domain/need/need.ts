import { reasonOf, type ReasonCode } from '#contracts';
import { isOpen, needStatusOf, type NeedStatus } from '#tracking';
import type { NeedRow, TaskRow } from '../model/state.ts';

/** Whether a need has its answer, and which; a settlement by hand stands until a Task is open again. */
export function resultOf(need: NeedRow, tasks: readonly TaskRow[]): Pick<NeedStatus<TaskRow>, 'result' | 'reason'> {
  return need.settledByHand && !tasks.some(isOpen)
    ? { result: need.result, reason: need.settledReason }
    : needStatusOf(tasks);
}

/** In play, no Task of it is open, and nothing in those that ended answers it. */
export function isLeft(need: NeedRow, tasks: readonly TaskRow[]): boolean {
  return need.result === 'in-play' && !tasks.some(isOpen) && needStatusOf(tasks).result === 'in-play';
}

/** Days after which this reason lets the same organization be asked again. */
export function parkDays(reason: ReasonCode): number {
  return reasonOf(reason).parkDays;
}
