import type { ServiceRequestId, TaskId } from '#contracts';
import { isOpen, needStatusOf, pendingReroute } from '#tracking';
import type { BoardReferral, BoardTask } from '../board/board.ts';

/** The Tasks of a need, without those entered in error, which are hidden from lists (domain.md §2, row 21). */
export function tasksOfNeed(referral: BoardReferral, serviceRequestId: ServiceRequestId): readonly BoardTask[] {
  return referral.tasks.filter(
    (task) => task.serviceRequestId === serviceRequestId && task.state !== 'entered-in-error',
  );
}

/** The ended Task after which another agency must be found; null if no reroute is pending (domain.md §2, roll-up). */
export function reroutePendingAfter(referral: BoardReferral, serviceRequestId: ServiceRequestId): TaskId | null {
  const need = referral.needs.find((each) => each.serviceRequestId === serviceRequestId);
  return pendingReroute(need?.result ?? 'in-play', tasksOfNeed(referral, serviceRequestId));
}

/** Whether the Tasks settle the need by themselves, without a person. */
export function isSettledByTasks(referral: BoardReferral, serviceRequestId: ServiceRequestId): boolean {
  return needStatusOf(tasksOfNeed(referral, serviceRequestId)).result !== 'in-play';
}

/** The Task that represents a need: the latest open one, otherwise the latest. */
export function speaker(tasks: readonly BoardTask[]): BoardTask | undefined {
  return tasks.findLast(isOpen) ?? tasks.at(-1);
}
