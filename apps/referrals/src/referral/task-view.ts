import { referenceOf, type CandidateView, type NeedView, type ReferralView, type TaskView } from '#contracts';
import { attemptsShown, dueNow, reportsOutcome, senderView, waitsFor } from '#tracking';
import type { LegalMoveFacts, SendingFacts } from '../domain/task/rules/transition-request.ts';
import { omitAbsent } from '../domain/model/omit-absent.ts';
import { asSeenBySender, needSeenBySender } from '../domain/task/senders-view.ts';
import {
  legalMoves,
  type Caller,
  type NeedRow,
  type Facts,
  type ReferralState,
  type TaskRow,
} from '../domain/referral.ts';

/** For whom a view is made, and when. */
export interface ViewedBy {
  readonly caller: Caller;
  readonly facts: Pick<Facts, 'now' | 'policy' | 'contact' | 'clientDied'>;
  /** Per Task that may be sent, what would decide it now. */
  readonly sending?: ReadonlyMap<string, SendingFacts>;
  /** Per need, the candidates of its proposal with their reasons. */
  readonly candidates?: ReadonlyMap<string, readonly CandidateView[]>;
}

/** What people wrote of a need. */
export type NeedTexts = Pick<NeedView, 'statedNeed' | 'details' | 'settledNote'>;

/** A Task as this caller may see it: state, due times and the moves that are legal for them now. No text, no client data. */
export function taskView(state: ReferralState, task: TaskRow, by: ViewedBy): TaskView {
  const toSender = isSender(state, by);
  const shown = toSender ? senderView(task) : task;
  const { dueTimer, dueAt, dueGroup } = dueNow(shown, by.facts.now);
  const need = needOf(state, task);
  return {
    taskId: task.taskId,
    version: shown.version,
    referralId: task.referralId,
    reference: referenceOf(task.referralId),
    serviceRequestId: task.serviceRequestId,
    need: task.need,
    priority: task.priority,
    state: shown.state,
    subState: shown.subState,
    waitsFor: waitsFor(shown, need.rerouteAfterTaskId),
    senderOrganizationId: task.senderOrganizationId,
    recipientOrganizationId: task.recipientOrganizationId,
    healthcareServiceId: task.healthcareServiceId,
    assignment: task.assignment,
    ownerId: shown.ownerId,
    round: shown.round,
    reason: shown.reason,
    afterAcceptance: shown.afterAcceptance,
    // The default return path is the status; the outcome needs a permission of its own (domain.md §3).
    outcome: toSender && !reportsOutcome(task.returnPath) ? null : shown.outcome,
    outputCount: shown.outputCount,
    returnPath: task.returnPath,
    statusFrozen: task.statusFrozen,
    awaiting: task.awaiting === null ? null : { categories: task.awaiting.categories },
    replacesTaskId: task.replacesTaskId,
    reopensTaskId: task.reopensTaskId,
    withdrawalRequestedAt: task.withdrawalRequestedAt,
    expectedBy: shown.expectedBy,
    reviewOn: shown.reviewOn,
    contact: by.facts.contact ?? { prohibited: false, channels: null },
    attempts: attemptsShown(shown.attempts),
    timers: shown.timers.map(({ timer, dueAt: at, pausedAt }) => ({ timer, dueAt: at, pausedAt })),
    dueTimer,
    dueAt,
    dueGroup,
    createdAt: task.createdAt,
    sentAt: task.sentAt,
    receivedAt: shown.receivedAt,
    acceptedAt: shown.acceptedAt,
    endedAt: shown.endedAt,
    packetOpenedAt: shown.packetOpenedAt,
    newInformation:
      by.caller.organizationId === task.recipientOrganizationId && (task.newInformationAt ?? null) !== null,
    legalMoves: legalMoves(state, task.taskId, by.caller, legalMoveFactsOf(task, by)) as TaskView['legalMoves'],
  };
}

function legalMoveFactsOf({ taskId }: TaskRow, { facts, sending }: ViewedBy): LegalMoveFacts {
  const { now, policy, clientDied } = facts;
  return { now, policy, ...omitAbsent({ clientDied, sending: sending?.get(taskId) }) };
}

/** Texts are given where the caller may read them; a command's answer gives none. */
export function needView(state: ReferralState, need: NeedRow, by: ViewedBy, texts?: NeedTexts): NeedView {
  const shown = isSender(state, by) ? needSeenBySender(state, need) : need;
  return {
    serviceRequestId: need.serviceRequestId,
    version: shown.version,
    need: need.need,
    areaId: need.areaId,
    ...texts,
    ...(texts === undefined || need.settledByHand ? {} : { settledNote: null }),
    result: shown.result,
    settledReason: shown.settledReason,
    proposal:
      shown.proposal === null
        ? null
        : { at: shown.proposal.at, candidates: by.candidates?.get(need.serviceRequestId) ?? [] },
    tasks: state.tasks
      .filter((task) => task.serviceRequestId === need.serviceRequestId && task.state !== 'entered-in-error')
      .map((task) => taskView(state, task, by)),
  };
}

export function referralView(
  state: ReferralState,
  by: ViewedBy,
  texts?: {
    readonly client?: ReferralView['client'];
    readonly note: string | null;
    readonly needs: ReadonlyMap<string, NeedTexts>;
  },
): ReferralView {
  const shown = isSender(state, by) ? asSeenBySender(state) : state;
  return {
    referralId: state.referralId,
    reference: referenceOf(state.referralId),
    version: shown.version,
    clientId: state.clientId,
    ...(texts?.client === undefined ? {} : { client: texts.client }),
    senderOrganizationId: state.senderOrganizationId,
    createdBy: state.createdBy,
    createdAt: state.createdAt,
    priority: state.priority,
    neededBy: state.neededBy,
    ...(texts === undefined ? {} : { note: texts.note }),
    closed: shown.closed,
    needs: state.needs.map((need) => needView(state, need, by, texts?.needs.get(need.serviceRequestId))),
  };
}

function isSender(state: ReferralState, { caller }: ViewedBy): boolean {
  return caller.organizationId === state.senderOrganizationId;
}

function needOf(state: ReferralState, task: TaskRow): NeedRow {
  const need = state.needs.find((each) => each.serviceRequestId === task.serviceRequestId);
  if (need === undefined) throw new Error('the Task has no need');
  return need;
}
