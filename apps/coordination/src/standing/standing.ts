import type { ServiceRequestId, TaskId, WaitsFor } from '#contracts';
import { isEnded, type BoardNeed, type BoardReferral, type BoardTask } from '../board/board.ts';

/** The Tasks of a need, those entered in error left out: they are hidden from lists (domain.md §2, row 21). */
export function tasksOf(referral: BoardReferral, serviceRequestId: ServiceRequestId): readonly BoardTask[] {
  return referral.tasks.filter(
    (task) => task.serviceRequestId === serviceRequestId && task.state !== 'entered-in-error',
  );
}

/** The ended Task after which another agency is looked for; null when no reroute is pending (domain.md §2, roll-up). */
export function reroutePendingAfter(referral: BoardReferral, serviceRequestId: ServiceRequestId): TaskId | null {
  const need = referral.needs.find((each) => each.serviceRequestId === serviceRequestId);
  if (need !== undefined && need.result !== 'in-play') return null;
  const last = lastEnded(tasksOf(referral, serviceRequestId));
  return last?.reroute === true ? last.taskId : null;
}

/** Whether its Tasks settle the need by themselves, so that no person did. */
export function standsSettled(referral: BoardReferral, serviceRequestId: ServiceRequestId): boolean {
  const last = lastEnded(tasksOf(referral, serviceRequestId));
  return last !== undefined && !last.reroute;
}

/** Who is to do something next (contract.md §2.1, waitsFor). `rerouteAfter`: see {@link reroutePendingAfter}. */
export function waitsFor(
  task: Pick<BoardTask, 'taskId' | 'state' | 'subState'>,
  rerouteAfter: TaskId | null,
): WaitsFor {
  switch (task.state) {
    case 'draft':
    case 'awaiting-consent':
    case 'info-requested':
      return 'sender';
    case 'sent':
    case 'received':
    case 'accepted':
    case 'in-progress':
      return 'agency';
    case 'on-hold':
      if (task.subState === 'consent-suspended') return 'sender';
      return task.subState === 'awaiting-client' ? 'client' : 'agency';
    case 'decline-review':
      return 'coordinator';
    case 'declined':
    case 'redirected':
    case 'withdrawn':
    case 'expired':
    case 'completed':
    case 'not-completed':
    case 'entered-in-error':
      return task.taskId === rerouteAfter ? 'coordinator' : 'nobody';
  }
}

/** A Task as its sender may see it. */
export function asSeenBySender(task: BoardTask): BoardTask {
  return task.frozen === null ? task : { ...task, ...task.frozen };
}

/** The Task that speaks for a need: the latest open one, else the latest. */
export function speaker(tasks: readonly BoardTask[]): BoardTask | undefined {
  return tasks.findLast((task) => !isEnded(task.state)) ?? tasks.at(-1);
}

/** What a need came to, for a sender to whom a Task of it may report nothing: still in play, unless a person settled it. */
export function resultForSender(need: BoardNeed, tasks: readonly BoardTask[]): BoardNeed['result'] {
  return !need.settledByHand && tasks.some((task) => task.frozen !== null) ? 'in-play' : need.result;
}

/** Undefined while a Task is open: the need is in play then. Siblings that another agency made needless say nothing. */
function lastEnded(tasks: readonly BoardTask[]): BoardTask | undefined {
  if (tasks.some((task) => !isEnded(task.state))) return undefined;
  return tasks
    .filter((task) => task.reason !== 'another-agency-accepted' && task.reason !== 'not-picked')
    .toSorted((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : Number((a.endedAt ?? '') > (b.endedAt ?? ''))))
    .at(-1);
}
