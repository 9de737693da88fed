import type { InstantText, ReferralId, ServiceRequestId, TaskEvent, TaskId } from '#contracts';
import { changes, endTimers, findTimer, isEnded, isTaskEvent, replannedTimers } from '#tracking';
import type { BoardNeed, BoardReferral, BoardTask, Fact } from './board.ts';
import { isSettledByTasks, reroutePendingAfter } from '../board-status/board-status.ts';
import { taskAfter, unknownTask } from './task.fold.ts';

/**
 * Folds events of a referral, in order of version, into its state. An event of an unknown type, or about a thing without
 * an earlier event, changes what it can, because a projection must not refuse an event.
 */
export function fold(referralId: ReferralId, base: BoardReferral | null, facts: readonly Fact[]): BoardReferral {
  const sorted = facts.toSorted((a, b) => a.version - b.version);
  return sorted.reduce(referralAfter, base ?? unknownReferral(referralId));
}

export function unknownReferral(referralId: ReferralId): BoardReferral {
  return {
    referralId,
    senderOrganizationId: null,
    networkId: null,
    createdBy: null,
    priority: 'routine',
    neededBy: null,
    closed: null,
    needs: [],
    tasks: [],
  };
}

/** Folds one event. */
export function referralAfter(referral: BoardReferral, fact: Fact): BoardReferral {
  const { event, at, version } = fact;
  if (isTaskEvent(event)) return withTaskEvent(referral, event, at, version);
  if (!changes(event, 'board')) return referral;
  switch (event.type) {
    case 'referral.created': {
      const { senderOrganizationId, networkId, priority, neededBy = null } = event;
      return { ...referral, senderOrganizationId, networkId, createdBy: fact.by ?? null, priority, neededBy };
    }
    case 'referral.changed':
      return replanned(referral, event.priority, event.neededBy ?? null, fact);
    case 'referral.closed':
      return { ...referral, closed: { code: event.closeCode, at } };
    case 'referral.reopened':
      return { ...referral, closed: null };
    case 'referral.client.contact-changed':
      return { ...referral, contact: { prohibited: event.prohibited, channels: event.channels ?? null } };
    case 'referral.need.added':
      return updateNeed(referral, event.serviceRequestId, version, () => ({ need: event.need, openedAt: at }));
    case 'referral.need.settled': {
      const byHand = event.result !== 'in-play' && !isSettledByTasks(referral, event.serviceRequestId);
      const settled = updateNeed(referral, event.serviceRequestId, version, () => ({
        result: event.result,
        settledByHand: byHand,
      }));
      return event.result === 'in-play' ? settled : withoutRerouteTimers(settled, event.serviceRequestId, version);
    }
    case 'referral.reroute.proposed':
      return updateNeed(referral, event.serviceRequestId, version, () => ({ proposedAt: at }));
    case 'referral.packet.opened':
      return withTask(referral, event.taskId, (task) => opened(task, event.toOrganizationId, version));
  }
}

function withTaskEvent(referral: BoardReferral, event: TaskEvent, at: InstantText, version: number): BoardReferral {
  const known = referral.tasks.some((task) => task.taskId === event.taskId);
  const tasks = known ? referral.tasks : [...referral.tasks, unknownTask(referral, event, at)];
  const pendingBefore = reroutePendingAfter(referral, event.serviceRequestId);
  const after = {
    ...referral,
    tasks: tasks.map((task) => (task.taskId === event.taskId ? taskAfter(task, event, at, version) : task)),
  };
  const sent =
    event.type === 'referral.task.sent' ? withoutRerouteTimers(after, event.serviceRequestId, version) : after;
  const pendingAfter = reroutePendingAfter(sent, event.serviceRequestId);
  return pendingBefore === pendingAfter ? sent : updateNeed(sent, event.serviceRequestId, version, () => ({}));
}

function replanned(
  referral: BoardReferral,
  priority: BoardReferral['priority'],
  neededBy: InstantText | null,
  { at, version }: Fact,
): BoardReferral {
  // Only the note changed, which no row here has.
  if (priority === referral.priority && neededBy === referral.neededBy) return referral;
  const tasks = referral.tasks.map((task) =>
    isEnded(task.state)
      ? task
      : { ...task, priority, neededBy, version, timers: replannedTimers(task.timers, neededBy, at) },
  );
  return { ...referral, priority, neededBy, tasks };
}

function opened(task: BoardTask, organizationId: string, version: number): BoardTask {
  const ofRecipient = organizationId === task.recipientOrganizationId;
  const unread = ofRecipient && task.newInformation === true;
  if (task.openedBy.includes(organizationId)) return unread ? { ...task, newInformation: false, version } : task;
  // An agency that opened the packet has received the Task, whatever the channel.
  const timers = ofRecipient ? endTimers(task.timers, 'deliver-by') : task.timers;
  return { ...task, openedBy: [...task.openedBy, organizationId], timers, version };
}

/** After the next offer, or if no agency is looked for any more. */
function withoutRerouteTimers(
  referral: BoardReferral,
  serviceRequestId: ServiceRequestId,
  version: number,
): BoardReferral {
  const tasks = referral.tasks.map((task) =>
    task.serviceRequestId === serviceRequestId && findTimer(task.timers, 'reroute-by') !== undefined
      ? { ...task, version, timers: endTimers(task.timers, 'reroute-by') }
      : task,
  );
  return { ...referral, tasks };
}

function withTask(referral: BoardReferral, taskId: TaskId, change: (task: BoardTask) => BoardTask): BoardReferral {
  return { ...referral, tasks: referral.tasks.map((task) => (task.taskId === taskId ? change(task) : task)) };
}

function updateNeed(
  referral: BoardReferral,
  serviceRequestId: ServiceRequestId,
  version: number,
  change: (need: BoardNeed) => Partial<BoardNeed>,
): BoardReferral {
  const known = referral.needs.some((need) => need.serviceRequestId === serviceRequestId);
  const needs = known ? referral.needs : [...referral.needs, unknownNeed(serviceRequestId)];
  return {
    ...referral,
    needs: needs.map((need) =>
      need.serviceRequestId === serviceRequestId ? { ...need, ...change(need), version } : need,
    ),
  };
}

function unknownNeed(serviceRequestId: ServiceRequestId): BoardNeed {
  return {
    ...{ serviceRequestId, need: null, result: 'in-play', settledByHand: false, openedAt: null, proposedAt: null },
    version: 0,
  };
}
