import {
  AccessEnded,
  TaskAssigned,
  TaskCompleted,
  TaskDeclined,
  TaskDeclineProposed,
  TaskDeclineReturned,
  TaskExpired,
  TaskHeld,
  TaskInfoReplied,
  TaskInfoRequested,
  TaskMarkedInError,
  TaskNotCompleted,
  TaskPicked,
  TaskProgressed,
  TaskReceived,
  TaskRestored,
  TaskResumed,
  TaskSuspended,
  holdStates,
  type HoldState,
} from '#contracts';
import { endAccess, endingOf, grantAccess, grantToCoordinator, isDisclosed } from '../../access/access.ts';
import type { AnyReferralEvent } from '../../model/state.ts';
import type { TaskTransition } from '../table/task.transitions.ts';
import { dueFrom, respondByAfterReply } from '../../timer/timer-policy.ts';
import { isPool, type EffectInput } from '../rules/transition-request.ts';
import { aftermathOf, endingSiblings, idsOf, requestingWithdrawal } from './ending.ts';
import { awaitingConsent, sending, sendingToPool } from '../../offer/offer.ts';
import { endedByOf } from '../table/relation.ts';
import { accepting, redirecting, reopening, templateOf, withdrawn } from './consequence.ts';
import { required, omitAbsent } from '../../model/omit-absent.ts';

/** What an allowed move makes true: its own event, with what comes before and after it. */
type Effect<Event extends TaskTransition['emits']> = (input: EffectInput<Event>) => readonly AnyReferralEvent[];

/** The column `emits` of the table, one effect an event. It can read only data and facts that the rows of its event name. */
export const effects: { readonly [Event in TaskTransition['emits']]: Effect<Event> } = {
  'referral.task.consent-awaited': (request) => {
    const { referral, need, task, facts } = request;
    return [awaitingConsent(referral, need, task, templateOf(request).required, facts)];
  },
  'referral.task.sent': (request) => {
    const { referral, need, task, facts } = request;
    if (isPool(task)) return sendingToPool(referral, need, task, facts);
    const consent = required(facts.consent, 'consent');
    return sending(referral, need, task, { consent, template: templateOf(request) }, facts);
  },
  'referral.task.received': ({ task, facts: { now, policy } }) => [
    TaskReceived.of({ ...idsOf(task), respondBy: dueFrom(now, 'respond-by', task.priority, policy) }),
  ],
  'referral.task.info-requested': ({ task, data, facts: { now, policy } }) => [
    TaskInfoRequested.of({
      ...idsOf(task),
      messageId: data.messageId,
      replyBy: dueFrom(now, 'info-reply-by', task.priority, policy),
      // Asking is also acknowledging: the answer is owed from here, once the reply is there.
      ...omitAbsent({
        respondBy: task.state === 'sent' ? dueFrom(now, 'respond-by', task.priority, policy) : null,
      }),
    }),
  ],
  'referral.task.info-replied': ({ task, data, facts: { now, policy } }) => [
    TaskInfoReplied.of({
      ...idsOf(task),
      messageId: data.messageId,
      respondBy: respondByAfterReply(task, now, policy),
    }),
  ],
  'referral.task.accepted': accepting,
  'referral.task.picked': ({ referral, task }) => [
    TaskPicked.of(idsOf(task)),
    ...endingSiblings(referral, task, 'not-picked'),
  ],
  'referral.task.decline-proposed': ({ task, data, facts: { now, policy } }) => [
    TaskDeclineProposed.of({
      ...idsOf(task),
      reason: data.reason,
      fromState: task.state,
      round: task.round,
      reviewBy: dueFrom(now, 'review-by', task.priority, policy),
      ...omitAbsent({ fromSubState: holdStateOf(task.subState) }),
    }),
  ],
  'referral.task.decline-returned': ({ task, action }) => {
    const takenBack = action === 'take-back-decline';
    return [
      TaskDeclineReturned.of({
        ...idsOf(task),
        toState: task.stateBefore.state,
        round: takenBack ? task.round : task.round + 1,
        takenBack,
      }),
    ];
  },
  'referral.task.declined': (input) => {
    const { referral, task, facts } = input;
    const reason = input.action === 'approve-decline' ? input.task.reason : input.data.reason;
    return [
      ...endAccess(referral, task.taskId, { cause: 'declined' }),
      TaskDeclined.of({
        ...idsOf(task),
        reason,
        afterAcceptance: task.acceptedAt !== null,
        ...aftermathOf(task, reason, facts),
      }),
    ];
  },
  'referral.task.redirected': redirecting,
  'referral.task.progressed': ({ task, data }) => [
    TaskProgressed.of({
      ...idsOf(task),
      kind: data.kind,
      at: data.at,
      firstContact: !task.contacted,
      ...omitAbsent({ channel: data.channel, reached: data.reached }),
    }),
  ],
  'referral.task.held': ({ task, data }) => [
    TaskHeld.of({
      ...idsOf(task),
      subState: data.subState,
      reviewOn: data.reviewOn,
    }),
  ],
  'referral.task.resumed': ({ task }) => [TaskResumed.of(idsOf(task))],
  'referral.task.completed': ({ task, data }) => [
    TaskCompleted.of({
      ...idsOf(task),
      outcome: data.outcome,
      outputCount: data.outputs.length,
    }),
  ],
  'referral.task.not-completed': ({ task, data, facts }) => {
    const { reason } = data;
    return [TaskNotCompleted.of({ ...idsOf(task), reason, ...aftermathOf(task, reason, facts) })];
  },
  'referral.task.withdrawal-requested': ({ task, data, facts, as }) => [
    requestingWithdrawal(task, { reason: data.reason, by: endedByOf(as) }, facts),
  ],
  'referral.task.withdrawn': withdrawn,
  'referral.task.suspended': ({ referral, task, facts: { now, policy, consentExpiredAt } }) => [
    ...endAccess(referral, task.taskId, endingOf(consentExpiredAt)).map((ended) =>
      AccessEnded.of({ ...ended, suspends: true }),
    ),
    TaskSuspended.of({
      ...idsOf(task),
      fromState: task.state,
      suspensionBy: dueFrom(now, 'suspension', task.priority, policy),
      ...(consentExpiredAt ? { because: 'consent-expired' as const, consentEndedAt: consentExpiredAt } : {}),
    }),
  ],
  'referral.task.restored': (request) => {
    const { referral, task, facts } = request;
    const template = templateOf(request);
    const organizationId = required(task.recipientOrganizationId, 'recipientOrganizationId');
    const consent = required(facts.consent, 'consent');
    return [
      ...grantAccess(referral, task, { organizationId, consent, template }, facts.newId),
      ...grantToCoordinator(referral, task, template, facts),
      TaskRestored.of({ ...idsOf(task), toState: required(task.stateBefore, 'stateBefore').state }),
    ];
  },
  'referral.task.expired': ({ referral, task, facts }) => {
    const { hudResult: _hudResult, reroute: _reroute, ...aftermath } = aftermathOf(task, 'no-response', facts);
    return [
      ...endAccess(referral, task.taskId, { cause: 'expired' }),
      TaskExpired.of({
        ...idsOf(task),
        timer: task.state === 'sent' ? 'acknowledge-by' : 'respond-by',
        ...aftermath,
      }),
    ];
  },
  'referral.task.assigned': ({ task, data }) => [TaskAssigned.of({ ...idsOf(task), ownerId: data.ownerId })],
  'referral.task.reopened': reopening,
  'referral.task.marked-in-error': ({ referral, task, data }) => [
    ...endAccess(referral, task.taskId, { cause: 'entered-in-error' }),
    TaskMarkedInError.of({
      ...idsOf(task),
      reason: data.reason,
      disclosed: isDisclosed(task),
    }),
  ],
};

function holdStateOf(subState: string | null): HoldState | null {
  return holdStates.find((each) => each === subState) ?? null;
}
