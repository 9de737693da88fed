import {
  TaskAccepted,
  TaskAssigned,
  TaskCompleted,
  TaskConsentAwaited,
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
  TaskRedirected,
  TaskReopened,
  TaskRestored,
  TaskResumed,
  TaskSent,
  TaskSuspended,
  TaskWithdrawalRequested,
  TaskWithdrawn,
} from '#contracts';
import { row, type TaskTransition } from './row.ts';

export type { Emitted, SystemAction, TaskTransition, TaskWords } from './row.ts';
export type { Condition, Field, GuardName } from './words.ts';

const unanswered = ['sent', 'received', 'info-requested'] as const;
const working = ['accepted', 'in-progress', 'on-hold'] as const;
const beforeAnAnswer = ['draft', 'awaiting-consent', ...unanswered, 'decline-review'] as const;
const over = ['declined', 'redirected', 'withdrawn', 'expired', 'completed', 'not-completed'] as const;

const agency = { by: ['agency'] } as const;
const offering = { by: ['sender', 'coordinator'] } as const;
const reasoned = { needs: ['reason'], optional: ['note'] } as const;
const owned = { needs: ['ownerId'], optional: ['expectedBy'] } as const;
const reported = { needs: ['kind', 'at'], optional: ['channel', 'reached', 'note'] } as const;
const target = ['serviceServesNeed', 'serviceIsActive', 'serviceIsOpen', 'areaIsServed', 'consentViewIsFresh'] as const;
const sendable = ['clientIsAlive', 'someAgencyIsEligible', ...target] as const;

const declining = { ...agency, ...reasoned } as const;
const unaccepted = { ...declining, from: [...unanswered, 'on-hold'] } as const;
const accepted = { ...declining, from: working } as const;
const withdrawing = { by: ['sender', 'coordinator', 'client'], ...reasoned } as const;
const decidesSending = { facts: ['service', 'consent', 'eligible'] } as const;
const going = { ...agency, when: ['not-suspended', 'no-withdrawal-asked'] } as const;

const progressing = {
  ...going,
  ...reported,
  facts: ['contact'],
  guards: ['clientIsAlive', 'channelIsAllowed'],
} as const;

/** Domain.md §2, "Transitions": the only place where a move of a Task is allowed. Order is that of the legal moves. */
const rows = [
  row(
    1,
    'send',
    { ...offering, ...decidesSending, from: ['draft'], guards: [...sendable, 'consentDoesNotCoverRecipient'] },
    TaskConsentAwaited,
    'awaiting-consent',
  ),
  row(
    2,
    'send',
    { ...offering, ...decidesSending, from: ['draft'], guards: [...sendable, 'consentCoversRecipient'] },
    TaskSent,
    'sent',
  ),
  row(
    2,
    'send',
    // The sender has asked to send, so the platform may as well, once consent is there.
    {
      ...decidesSending,
      by: ['sender', 'coordinator', 'system'],
      from: ['awaiting-consent'],
      guards: [...sendable, 'consentCoversRecipient'],
    },
    TaskSent,
    'sent',
  ),
  row(3, 'acknowledge', { ...agency, from: ['sent'] }, TaskReceived, 'received'),
  row(4, 'ask', { ...agency, from: ['sent', 'received'], needs: ['question'] }, TaskInfoRequested, 'info-requested'),
  row(
    5,
    'reply',
    { ...offering, from: ['info-requested'], needs: ['reply'], optional: ['details'] },
    TaskInfoReplied,
    'received',
  ),
  row(
    6,
    'accept',
    { ...agency, ...owned, from: unanswered, facts: ['owner'], guards: ['clientIsAlive', 'ownerIsActive'] },
    TaskAccepted,
    'accepted',
  ),
  row(
    22,
    'accept',
    {
      ...{ ...owned, by: ['eligible-agency'], from: ['sent'], when: ['unclaimed'] },
      facts: ['owner', 'service', 'consent', 'eligible'],
      guards: [
        'clientIsAlive',
        'ownerIsActive',
        'consentViewIsFresh',
        'consentNamesClaimer',
        'noOpenTaskForOrganization',
      ],
    },
    TaskAccepted,
    'accepted',
  ),
  row(7, 'decline', { ...unaccepted, when: ['never-accepted', 'no-review-asked'] }, TaskDeclined, 'declined'),
  row(7, 'decline', { ...unaccepted, when: ['never-accepted', 'review-asked'] }, TaskDeclineProposed, 'decline-review'),
  row(16, 'decline', { ...accepted, when: ['accepted-before', 'no-review-asked'] }, TaskDeclined, 'declined'),
  row(16, 'decline', { ...accepted, when: ['accepted-before', 'review-asked'] }, TaskDeclineProposed, 'decline-review'),
  row(8, 'approve-decline', { by: ['coordinator'], from: ['decline-review'] }, TaskDeclined, 'declined'),
  row(
    9,
    'return-decline',
    { by: ['coordinator'], from: ['decline-review'], needs: ['note'], guards: ['returnRoundsLeft'] },
    TaskDeclineReturned,
    'the-state-before',
  ),
  row(9, 'take-back-decline', { ...agency, from: ['decline-review'] }, TaskDeclineReturned, 'the-state-before'),
  row(
    6,
    'pick',
    { ...offering, from: ['accepted'], when: ['no-withdrawal-asked'], guards: ['policyAllowsPick', 'notPickedYet'] },
    TaskPicked,
    'unchanged',
  ),
  row(
    10,
    'redirect',
    {
      ...{ ...going, from: [...unanswered, ...working], needs: ['healthcareServiceId', 'reason'], optional: ['note'] },
      ...decidesSending,
      guards: ['clientIsAlive', 'targetIsAnother', ...target, 'noOpenTaskForOrganization'],
    },
    TaskRedirected,
    'redirected',
  ),
  row(11, 'progress', { ...progressing, from: ['accepted'] }, TaskProgressed, 'in-progress'),
  row(13, 'progress', { ...progressing, from: ['in-progress'] }, TaskProgressed, 'in-progress'),
  row(
    12,
    'hold',
    { ...going, from: ['accepted', 'in-progress'], needs: ['subState', 'reviewOn'], optional: ['note'] },
    TaskHeld,
    'on-hold',
  ),
  row(23, 'resume', { ...going, from: ['on-hold'], optional: ['note'] }, TaskResumed, 'in-progress'),
  row(
    15,
    'complete',
    { ...agency, from: working, when: ['not-suspended'], needs: ['outcome', 'outputs'], optional: ['note'] },
    TaskCompleted,
    'completed',
  ),
  row(
    14,
    'not-complete',
    {
      ...agency,
      ...reasoned,
      from: working,
      when: ['not-suspended'],
      facts: ['contact'],
      guards: ['contactAttemptsMet'],
    },
    TaskNotCompleted,
    'not-completed',
  ),
  row(17, 'withdraw', { ...withdrawing, from: beforeAnAnswer }, TaskWithdrawn, 'withdrawn'),
  row(17, 'withdraw', { ...withdrawing, from: ['on-hold'], when: ['never-accepted'] }, TaskWithdrawn, 'withdrawn'),
  row(
    17,
    'withdraw',
    { ...withdrawing, from: working, when: ['no-withdrawal-asked'], guards: ['clientDied'] },
    TaskWithdrawn,
    'withdrawn',
  ),
  row(
    17,
    'withdraw',
    { ...withdrawing, from: working, when: ['no-withdrawal-asked'] },
    TaskWithdrawalRequested,
    'unchanged',
  ),
  // §3: what was sent and nobody opened is withdrawn when consent falls; a suspension ends so when it lasts too long.
  row(
    17,
    'withdraw',
    { by: ['system'], from: ['sent'], when: ['unopened'], facts: ['consent'] },
    TaskWithdrawn,
    'withdrawn',
  ),
  row(
    17,
    'withdraw',
    { by: ['timer'], from: ['on-hold'], when: ['suspended'], guards: ['timerHasRunOut'] },
    TaskWithdrawn,
    'withdrawn',
  ),
  row(24, 'confirm-withdrawal', { ...agency, from: working, when: ['withdrawal-asked'] }, TaskWithdrawn, 'withdrawn'),
  row(
    24,
    'confirm-withdrawal',
    { by: ['timer'], from: working, when: ['withdrawal-asked'], guards: ['timerHasRunOut'] },
    TaskWithdrawn,
    'withdrawn',
  ),
  row(
    18,
    'suspend',
    { by: ['system'], from: ['sent'], when: ['opened'], facts: ['consent'] },
    TaskSuspended,
    'on-hold',
  ),
  row(
    18,
    'suspend',
    { by: ['system'], from: ['received', 'info-requested', 'decline-review'], facts: ['consent'] },
    TaskSuspended,
    'on-hold',
  ),
  row(
    18,
    'restore',
    {
      ...{ by: ['system'], from: ['on-hold'], when: ['suspended', 'no-withdrawal-asked'] },
      ...decidesSending,
      guards: ['clientIsAlive', 'consentViewIsFresh', 'consentCoversRecipient'],
    },
    TaskRestored,
    'the-state-before',
  ),
  row(19, 'expire', { by: ['timer'], from: unanswered, guards: ['timerHasRunOut'] }, TaskExpired, 'expired'),
  row(
    25,
    'assign',
    {
      ...going,
      from: working,
      needs: ['ownerId'],
      facts: ['owner'],
      guards: ['assignsOneselfOrIsAdministrator', 'ownerIsActive'],
    },
    TaskAssigned,
    'unchanged',
  ),
  row(
    20,
    'reopen',
    {
      ...{ ...offering, from: over, needs: ['reason'], optional: ['healthcareServiceId', 'note'] },
      facts: ['service'],
      guards: [
        'clientIsAlive',
        'withinReopenWindow',
        'serviceServesNeed',
        'serviceIsOpen',
        'noOpenTaskForOrganization',
        'noOtherOpenTask',
      ],
    },
    TaskReopened,
    'unchanged',
  ),
  row(
    21,
    'mark-error',
    { ...reasoned, by: ['creator'], from: [...beforeAnAnswer, ...working, ...over], when: ['undisclosed'] },
    TaskMarkedInError,
    'entered-in-error',
  ),
  row(
    21,
    'mark-error',
    { ...reasoned, by: ['privacy-officer'], from: [...beforeAnAnswer, ...working, ...over] },
    TaskMarkedInError,
    'entered-in-error',
  ),
] as const;

export const taskTransitions: readonly TaskTransition[] = rows;

/** The rows as their own columns type them. */
export type TypedRow = (typeof rows)[number];
