import {
  reasonOf,
  type EndedBy,
  type EventActor,
  type InstantText,
  type ReasonCode,
  type TaskDrafted,
  type TaskEvent,
} from '#contracts';
import {
  attemptsAfter,
  changes,
  frozenViewAfter,
  noAttempts,
  timersAfter,
  timersOfDraft,
  type EndState,
} from '#tracking';
import type { TaskChange } from '../model/task-in-state.ts';
import type { FrozenView, ReferralState, StateBefore, TaskRow } from '../model/state.ts';

/** When, by whom, and as which version of the stream. */
export interface EventStamp {
  readonly at: InstantText;
  readonly actor: EventActor;
  readonly version: number;
}

type AfterDraft = Exclude<TaskEvent, TaskDrafted>;

export function draftedTask(referral: ReferralState, event: TaskDrafted, { at, actor, version }: EventStamp): TaskRow {
  return {
    taskId: event.taskId,
    referralId: referral.referralId,
    serviceRequestId: event.serviceRequestId,
    need: event.need,
    priority: referral.priority,
    state: 'draft',
    subState: null,
    version,
    senderOrganizationId: referral.senderOrganizationId,
    // A pool's Task has no recipient until one claims it.
    recipientOrganizationId: event.assignment === 'pool' ? null : (event.recipientOrganizationId ?? null),
    healthcareServiceId: event.assignment === 'pool' ? null : (event.healthcareServiceId ?? null),
    networkId: referral.networkId,
    assignment: event.assignment,
    eligibleOrganizationIds: [],
    ownerId: null,
    round: 0,
    reason: null,
    afterAcceptance: false,
    outcome: null,
    outputCount: 0,
    returnPath: 'status',
    statusFrozen: false,
    frozen: null,
    awaiting: null,
    replacesTaskId: event.replacesTaskId ?? null,
    reopensTaskId: event.reopensTaskId ?? null,
    withdrawalRequestedAt: null,
    withdrawalReason: null,
    expectedBy: null,
    reviewOn: null,
    attempts: noAttempts,
    picked: false,
    timers: timersOfDraft(referral.neededBy, at),
    stateBefore: null,
    contacted: false,
    reroute: false,
    parkUntil: null,
    endedBy: null,
    openedBy: [],
    createdBy: actor.id,
    createdByOrganizationId: actor.organizationId,
    createdAt: at,
    sentAt: null,
    receivedAt: null,
    acceptedAt: null,
    endedAt: null,
    packetOpenedAt: null,
  };
}

/** Folds one event of a Task that is there. The version is the caller's to set, as only it knows whether anything changed. */
export function taskAfter(task: TaskRow, event: AfterDraft, stamp: EventStamp): TaskRow {
  const changed: Partial<TaskRow> = isReturn(event) ? backTo(task, event) : changesOf(task, event, stamp);
  const timers = timersAfter(task.timers, event, stamp.at);
  const after = timers === task.timers ? changed : { ...changed, timers };
  if (Object.keys(after).length === 0) return task;
  return withSendersView(task, { ...task, ...after }, event, stamp.version);
}

/** An event after which the Task is where it was before a review or a suspension. */
type Return = Extract<AfterDraft, { readonly type: 'referral.task.decline-returned' | 'referral.task.restored' }>;

function isReturn(event: AfterDraft): event is Return {
  return event.type === 'referral.task.decline-returned' || event.type === 'referral.task.restored';
}

function changesOf(task: TaskRow, event: Exclude<AfterDraft, Return>, { at }: EventStamp): TaskChange {
  if (!changes(event, 'task')) return {};
  switch (event.type) {
    case 'referral.task.consent-awaited':
      return { state: 'awaiting-consent', awaiting: { categories: event.categories, purpose: event.purpose } };
    case 'referral.task.sent':
      return {
        state: 'sent',
        awaiting: null,
        sentAt: at,
        returnPath: event.returnPath,
        recipientOrganizationId: event.recipientOrganizationId ?? task.recipientOrganizationId,
        healthcareServiceId: event.healthcareServiceId ?? task.healthcareServiceId,
        eligibleOrganizationIds: event.eligibleOrganizationIds ?? [],
      };
    case 'referral.task.received':
      return { ...acknowledged(task, at), state: 'received' };
    case 'referral.task.info-requested':
      return { ...acknowledged(task, at), state: 'info-requested' };
    case 'referral.task.info-replied':
      return { state: 'received' };
    case 'referral.task.accepted':
      return {
        ...acknowledged(task, at),
        state: 'accepted',
        ownerId: event.ownerId,
        recipientOrganizationId: event.recipientOrganizationId,
        healthcareServiceId: event.healthcareServiceId ?? task.healthcareServiceId,
        expectedBy: event.expectedBy ?? null,
        acceptedAt: at,
      };
    case 'referral.task.picked':
      return { picked: true };
    case 'referral.task.decline-proposed':
      return {
        ...acknowledged(task, at),
        state: 'decline-review',
        subState: null,
        reason: event.reason,
        stateBefore: rememberedFrom(task),
      };
    case 'referral.task.declined':
      return {
        ...ended('declined', 'agency', at),
        ...acknowledged(task, at),
        reason: event.reason,
        afterAcceptance: event.afterAcceptance,
        reroute: event.reroute,
        parkUntil: event.parkUntil ?? null,
      };
    case 'referral.task.redirected':
      // The new Task carries the need on; should it prove an error, the need still waits for another agency.
      return {
        ...ended('redirected', 'agency', at),
        ...acknowledged(task, at),
        reason: event.reason,
        reroute: true,
        parkUntil: event.parkUntil ?? null,
      };
    case 'referral.task.progressed':
      return {
        state: 'in-progress',
        subState: event.kind,
        contacted: true,
        attempts: attemptsAfter(task, event),
      };
    case 'referral.task.held':
      return { state: 'on-hold', subState: event.subState, reviewOn: event.reviewOn };
    case 'referral.task.resumed':
      return { state: 'in-progress', subState: null, reviewOn: null };
    case 'referral.task.completed':
      return { ...ended('completed', 'agency', at), outcome: event.outcome, outputCount: event.outputCount };
    case 'referral.task.not-completed':
      return {
        ...ended('not-completed', 'agency', at),
        reason: event.reason,
        reroute: event.reroute,
        parkUntil: event.parkUntil ?? null,
      };
    case 'referral.task.withdrawal-requested':
      return { withdrawalRequestedAt: at, withdrawalReason: event.reason };
    case 'referral.task.withdrawn':
      return { ...ended('withdrawn', event.by, at), reason: event.reason, reroute: asksForAnother(event.reason) };
    case 'referral.task.suspended':
      return {
        ...({ state: 'on-hold', subState: 'consent-suspended', stateBefore: rememberedFrom(task) } as const),
        ...(event.because === undefined ? {} : { reason: event.because }),
      };
    case 'referral.task.expired':
      return {
        ...ended('expired', 'timer', at),
        reason: 'no-response',
        reroute: true,
        parkUntil: event.parkUntil ?? null,
      };
    case 'referral.task.assigned':
      return { ownerId: event.ownerId };
    case 'referral.task.marked-in-error':
      return { ...ended('entered-in-error', 'sender', task.endedAt ?? at), reason: event.reason, reroute: false };
    case 'referral.task.return-path-changed':
      return { returnPath: event.returnPath };
    case 'referral.task.pool-changed':
      return { eligibleOrganizationIds: event.eligibleOrganizationIds };
    case 'referral.task.information-changed':
      return { newInformationAt: at };
  }
}

/** Whatever an agency answers, it has taken the Task in (domain.md row 4). */
function acknowledged(task: TaskRow, at: InstantText): { readonly receivedAt: InstantText } {
  return { receivedAt: task.receivedAt ?? at };
}

function ended<State extends EndState>(state: State, endedBy: EndedBy, at: InstantText) {
  return { state, subState: null, stateBefore: null, awaiting: null, endedBy, endedAt: at } as const;
}

function asksForAnother(reason: ReasonCode): boolean {
  return reasonOf(reason).reroute;
}

function rememberedFrom(task: TaskRow): StateBefore {
  return { state: task.state, subState: task.subState, reason: task.reason, before: task.stateBefore };
}

/** It was there, so what the state entails is still there: only what the review or suspension changed goes back. */
function backTo(task: TaskRow, event: Return): Partial<TaskRow> {
  const round = event.type === 'referral.task.decline-returned' ? { round: event.round } : {};
  const back = task.stateBefore;
  if (back === null) return round;
  return { state: back.state, subState: back.subState, reason: back.reason, stateBefore: back.before, ...round };
}

function withSendersView(before: TaskRow, after: TaskRow, event: AfterDraft, version: number): TaskRow {
  const frozen = frozenViewAfter(before, { ...after, version }, event.type, viewOf);
  return frozen === after.frozen ? after : { ...after, frozen, statusFrozen: frozen !== null };
}

function viewOf(task: TaskRow): FrozenView {
  const { state, subState, version, ownerId, round, reason, afterAcceptance, outcome, outputCount } = task;
  const { expectedBy, reviewOn, attempts, timers, receivedAt, acceptedAt, endedAt, packetOpenedAt } = task;
  return {
    ...{ state, subState, version, ownerId, round, reason, afterAcceptance, outcome, outputCount },
    ...{ expectedBy, reviewOn, attempts, timers, receivedAt, acceptedAt, endedAt, packetOpenedAt },
  };
}
