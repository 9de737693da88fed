import {
  reasonOf,
  type InstantText,
  type ReasonCode,
  type TaskEvent,
  type TaskProgressed,
  type TaskState,
} from '#contracts';
import {
  attemptsAfter,
  changes,
  frozenViewAfter,
  isEnded,
  isKnownType,
  noAttempts,
  timersAfter,
  timersOfDraft,
} from '#tracking';
import { isShown } from '../timeline/shown-events.ts';
import type { BoardReferral, BoardTask, FrozenTask, StateBefore } from './board.ts';

/** A Task that an event named before its draft was read: everything else is unknown. */
export function unknownTask(referral: BoardReferral, event: TaskEvent, at: InstantText): BoardTask {
  const need = referral.needs.find((each) => each.serviceRequestId === event.serviceRequestId);
  return {
    taskId: event.taskId,
    serviceRequestId: event.serviceRequestId,
    need: need?.need ?? null,
    priority: referral.priority,
    neededBy: referral.neededBy,
    state: 'draft',
    subState: null,
    stateSince: at,
    stateBefore: null,
    version: 0,
    lastEvent: { type: event.type, at },
    recipientOrganizationId: null,
    healthcareServiceId: null,
    assignment: 'directed',
    eligibleOrganizationIds: [],
    ownerId: null,
    reason: null,
    outcome: null,
    reroute: false,
    returnPath: 'status',
    frozen: null,
    timers: timersOfDraft(referral.neededBy, at),
    attempts: noAttempts,
    appointmentAt: null,
    reviewOn: null,
    openedBy: [],
    sentAt: null,
    acceptedAt: null,
    endedAt: null,
  };
}

/**
 * The Task after one of its events. Returns the same object if nothing changed, because then its version does not change
 * either.
 */
export function taskAfter(task: BoardTask, event: TaskEvent, at: InstantText, version: number): BoardTask {
  const changes = changesOf(task, event, at);
  const timers = timersAfter(task.timers, event, at);
  const lastEvent = isShown(event.type) ? { type: event.type, at } : task.lastEvent;
  const unchanged =
    Object.keys(changes).length === 0 && timers === task.timers && event.type !== 'referral.task.escalated';
  if (unchanged) return { ...task, lastEvent };
  // no decision depends on a delivery, so it does not change the version that a person may have read
  const own = event.type === 'referral.task.delivered' ? task.version : version;
  const moved = { ...task, ...changes, timers, lastEvent, version: own };
  const after = isSameState(task, moved) ? moved : { ...moved, stateSince: at };
  return { ...after, frozen: frozenViewAfter(task, after, event.type, frozenTask) };
}

/** Why a Task is on hold says as much as its state; what was last reported in progress does not. */
function isSameState(task: BoardTask, after: BoardTask): boolean {
  return task.state === after.state && (after.state !== 'on-hold' || task.subState === after.subState);
}

function changesOf(task: BoardTask, event: TaskEvent, at: InstantText): Partial<BoardTask> {
  // What moves only columns that the board does not have, or is not known, leaves the Task where it stood; that it
  // happened is shown.
  const happened = changes(event, 'task') || !isKnownType(event.type);
  if (!changes(event, 'board')) return happened ? { lastEvent: { type: event.type, at } } : {};
  switch (event.type) {
    case 'referral.task.drafted':
      return {
        need: event.need,
        healthcareServiceId: event.healthcareServiceId ?? null,
        recipientOrganizationId: event.recipientOrganizationId ?? null,
        assignment: event.assignment,
      };
    case 'referral.task.consent-awaited':
      return { state: 'awaiting-consent' };
    case 'referral.task.sent':
      return {
        state: 'sent',
        sentAt: at,
        need: task.need ?? event.need,
        returnPath: event.returnPath,
        recipientOrganizationId: event.recipientOrganizationId ?? task.recipientOrganizationId,
        healthcareServiceId: event.healthcareServiceId ?? task.healthcareServiceId,
        eligibleOrganizationIds: event.eligibleOrganizationIds ?? [],
      };
    case 'referral.task.received':
    case 'referral.task.info-replied':
      return { state: 'received' };
    case 'referral.task.info-requested':
      return { state: 'info-requested' };
    case 'referral.task.accepted':
      return {
        state: 'accepted',
        ownerId: event.ownerId,
        recipientOrganizationId: event.recipientOrganizationId,
        healthcareServiceId: event.healthcareServiceId ?? task.healthcareServiceId,
        acceptedAt: at,
      };
    case 'referral.task.decline-proposed':
      return { state: 'decline-review', subState: null, reason: event.reason, stateBefore: remembered(task) };
    case 'referral.task.decline-returned':
      return backTo(task, event.toState);
    case 'referral.task.declined':
    case 'referral.task.not-completed':
      return {
        ...ended(event.type === 'referral.task.declined' ? 'declined' : 'not-completed', at),
        reason: event.reason,
        reroute: event.reroute,
      };
    case 'referral.task.redirected':
      // The new Task carries the need on; should it prove an error, the need still waits for another agency.
      return { ...ended('redirected', at), reason: event.reason, reroute: true };
    case 'referral.task.withdrawn':
      return { ...ended('withdrawn', at), reason: event.reason, reroute: asksForAnother(event.reason) };
    case 'referral.task.expired':
      return { ...ended('expired', at), reason: 'no-response', reroute: true };
    case 'referral.task.completed':
      return { ...ended('completed', at), outcome: event.outcome };
    case 'referral.task.marked-in-error':
      return { ...ended('entered-in-error', task.endedAt ?? at), reason: event.reason, reroute: false };
    case 'referral.task.progressed':
      return {
        state: 'in-progress',
        subState: event.kind,
        attempts: attemptsAfter(task, event),
        appointmentAt: appointmentAfter(task, event),
      };
    case 'referral.task.held':
      return { state: 'on-hold', subState: event.subState, reviewOn: event.reviewOn };
    case 'referral.task.resumed':
      return { state: 'in-progress', subState: null, reviewOn: null };
    case 'referral.task.suspended':
      return {
        ...{ state: 'on-hold', subState: 'consent-suspended', stateBefore: remembered(task) },
        ...(event.because === undefined ? {} : { reason: event.because }),
      };
    case 'referral.task.restored':
      return backTo(task, event.toState);
    case 'referral.task.assigned':
      return { ownerId: event.ownerId };
    case 'referral.task.return-path-changed':
      return { returnPath: event.returnPath };
    case 'referral.task.pool-changed':
      return { eligibleOrganizationIds: event.eligibleOrganizationIds };
    case 'referral.task.information-changed':
      return { newInformation: true };
  }
}

function ended(state: TaskState, at: InstantText): Partial<BoardTask> {
  return { state, subState: null, stateBefore: null, appointmentAt: null, endedAt: at };
}

function appointmentAfter({ appointmentAt }: BoardTask, { kind, at }: TaskProgressed): InstantText | null {
  if (kind === 'appointment-booked') return at;
  return kind === 'no-show' ? null : appointmentAt;
}

function asksForAnother(reason: ReasonCode): boolean {
  return reasonOf(reason).reroute;
}

function remembered(task: BoardTask): StateBefore {
  return { state: task.state, subState: task.subState, reason: task.reason, before: task.stateBefore };
}

/** The exact state before; if it is unknown, the state that the event names. */
function backTo(task: BoardTask, toState: TaskState): Partial<BoardTask> {
  const back = task.stateBefore ?? { state: toState, subState: null, reason: null, before: null };
  return { state: back.state, subState: back.subState, reason: back.reason, stateBefore: back.before };
}

function frozenTask({ state, subState, version, timers, stateSince, lastEvent }: BoardTask): FrozenTask {
  return { state, subState, version, timers, stateSince, lastEvent, ended: isEnded(state) };
}
