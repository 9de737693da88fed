import type { EventEnvelope, ServiceRequestId, TaskEvent, TaskId } from '#contracts';
import { endTimers, findTimer, isOpen, isTaskEvent, needStatusOf, pendingReroute, replannedTimers } from '#tracking';
import { accessAfter } from './access.fold.ts';
import { attachmentsAfter } from './attachment.fold.ts';
import type { AnyReferralEvent, NeedRow, ReferralState, TaskRow } from '../model/state.ts';
import { draftedTask, taskAfter, type EventStamp } from './task.fold.ts';

/** What the fold looks at of an envelope. */
export type Happened = Pick<EventEnvelope<AnyReferralEvent>, 'event' | 'time' | 'actor' | 'streamVersion'>;

/** Folds one event into the state. Never refuses a fact; throws only for a stream that does not begin with its creation. */
export function evolve(state: ReferralState | null, happened: Happened): ReferralState {
  const { event } = happened;
  const stamp: EventStamp = { at: happened.time, actor: happened.actor, version: happened.streamVersion };
  if (event.type === 'referral.created') {
    return {
      referralId: event.referralId,
      version: stamp.version,
      openVersion: stamp.version,
      clientId: event.clientId,
      senderOrganizationId: event.senderOrganizationId,
      networkId: event.networkId,
      priority: event.priority,
      neededBy: event.neededBy ?? null,
      createdBy: stamp.actor.id,
      createdAt: stamp.at,
      closed: null,
      needs: [],
      tasks: [],
      access: [],
      attachments: [],
    };
  }
  if (state === null) throw new Error(`${event.type} in a referral that was never created`);
  const after = changed(state, event, stamp);
  // Nobody decides by a delivery: whoever has read the Task may still act on the version that they read.
  return event.type === 'referral.task.delivered' ? after : stamped(state, after, stamp.version);
}

function changed(
  state: ReferralState,
  event: Exclude<AnyReferralEvent, { type: 'referral.created' }>,
  stamp: EventStamp,
): ReferralState {
  if (isTaskEvent(event)) return afterTaskEvent(state, event, stamp);
  switch (event.type) {
    case 'referral.changed': {
      const neededBy = event.neededBy ?? null;
      const { version } = stamp;
      const changes = { priority: event.priority, neededBy, version, openVersion: version };
      // A changed note, which no event holds, leaves the Tasks as they are.
      if (event.priority === state.priority && neededBy === state.neededBy) return { ...state, ...changes };
      const tasks = state.tasks.map((task) => replanned(task, event.priority, neededBy, stamp));
      return { ...state, ...changes, tasks };
    }
    case 'referral.closed':
      return {
        ...state,
        closed: {
          code: event.closeCode,
          at: stamp.at,
          met: event.metCount,
          partlyMet: event.partlyMetCount,
          unmet: event.unmetCount,
        },
      };
    case 'referral.client.died':
    case 'referral.client.death-undone':
      return state;
    case 'referral.client.contact-changed':
      return { ...state, contact: { prohibited: event.prohibited, channels: event.channels ?? null } };
    case 'referral.reopened':
      return { ...state, closed: null };
    case 'referral.need.added': {
      const { serviceRequestId, need, areaId } = event;
      const added: NeedRow = {
        serviceRequestId,
        referralId: state.referralId,
        version: stamp.version,
        need,
        areaId,
        result: 'in-play',
        settledReason: null,
        settledByHand: false,
        rerouteAfterTaskId: null,
        proposal: null,
        order: state.needs.length,
      };
      return { ...state, needs: [...state.needs, added] };
    }
    case 'referral.need.settled': {
      const status = needStatusOf(tasksOfNeed(state, event.serviceRequestId));
      const settled = withNeed(state, event.serviceRequestId, (need) => ({
        ...need,
        result: event.result,
        settledReason: event.reason ?? null,
        // Nothing in its Tasks settled it, so a person did.
        settledByHand: event.result !== 'in-play' && status.result === 'in-play',
      }));
      return event.result === 'in-play' ? settled : withoutRerouteTimers(settled, event.serviceRequestId);
    }
    case 'referral.reroute.proposed': {
      const { afterTaskId, healthcareServiceIds, auto, rerouteBy } = event;
      const proposal = { at: stamp.at, afterTaskId, healthcareServiceIds, auto, rerouteBy };
      return withNeed(state, event.serviceRequestId, (need) => ({ ...need, proposal }));
    }
    case 'referral.access.granted':
    case 'referral.access.ended':
    case 'referral.packet.opened':
      return accessAfter(state, event, stamp.at);
    case 'referral.attachment.added':
    case 'referral.attachment.removed':
      return attachmentsAfter(state, event, stamp);
  }
}

function afterTaskEvent(state: ReferralState, event: TaskEvent, stamp: EventStamp): ReferralState {
  if (event.type === 'referral.task.drafted') {
    return { ...state, tasks: [...state.tasks, draftedTask(state, event, stamp)] };
  }
  const after = withTask(state, event.taskId, (task) => taskAfter(task, event, stamp));
  return event.type === 'referral.task.sent' ? withoutRerouteTimers(after, event.serviceRequestId) : after;
}

/** Every row that the event changed gets the event's version; a referral's own is that of its fields and list of needs. */
function stamped(before: ReferralState, after: ReferralState, version: number): ReferralState {
  const tasks = after.tasks.map((task) => (before.tasks.includes(task) ? task : { ...task, version }));
  const needs = after.needs
    .map((need) => withPendingReroute(need, tasks))
    .map((need) => (before.needs.includes(need) ? need : { ...need, version }));
  const open = before.openVersion !== after.openVersion || before.needs.length !== after.needs.length;
  const own = open || before.closed !== after.closed;
  return {
    ...after,
    tasks,
    needs,
    version: own ? version : after.version,
    openVersion: open ? version : after.openVersion,
  };
}

function withPendingReroute(need: NeedRow, tasks: readonly TaskRow[]): NeedRow {
  const ofNeed = tasks.filter((task) => task.serviceRequestId === need.serviceRequestId);
  const pending = pendingReroute(need.result, ofNeed);
  return pending === need.rerouteAfterTaskId ? need : { ...need, rerouteAfterTaskId: pending };
}

function replanned(
  task: TaskRow,
  priority: TaskRow['priority'],
  neededBy: ReferralState['neededBy'],
  { at }: EventStamp,
): TaskRow {
  return isOpen(task) ? { ...task, priority, timers: replannedTimers(task.timers, neededBy, at) } : task;
}

/** The next offer is out, or nobody is looked for any more. */
function withoutRerouteTimers(state: ReferralState, serviceRequestId: ServiceRequestId): ReferralState {
  return {
    ...state,
    tasks: state.tasks.map((task) =>
      task.serviceRequestId === serviceRequestId && findTimer(task.timers, 'reroute-by') !== undefined
        ? { ...task, timers: endTimers(task.timers, 'reroute-by') }
        : task,
    ),
  };
}

export function tasksOfNeed(state: ReferralState, serviceRequestId: ServiceRequestId): readonly TaskRow[] {
  return state.tasks.filter((task) => task.serviceRequestId === serviceRequestId);
}

function withTask(state: ReferralState, taskId: TaskId, change: (task: TaskRow) => TaskRow): ReferralState {
  return { ...state, tasks: state.tasks.map((task) => (task.taskId === taskId ? change(task) : task)) };
}

function withNeed(
  state: ReferralState,
  serviceRequestId: ServiceRequestId,
  change: (need: NeedRow) => NeedRow,
): ReferralState {
  return {
    ...state,
    needs: state.needs.map((need) => (need.serviceRequestId === serviceRequestId ? change(need) : need)),
  };
}
