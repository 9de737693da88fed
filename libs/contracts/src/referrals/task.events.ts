import { assignments, type Assignment } from '../codes/assignment.ts';
import { categories, type Category } from '../codes/category.ts';
import { contactChannels, type ContactChannel } from '../codes/contact-channel.ts';
import { endedBy, type EndedBy } from '../codes/ended-by.ts';
import { holdStates, type HoldState } from '../codes/hold-state.ts';
import { milestones, type Milestone } from '../codes/milestone.ts';
import { needs, type Need } from '../codes/need.ts';
import { outcomes, type Outcome } from '../codes/outcome.ts';
import { priorities, type Priority } from '../codes/priority.ts';
import { progressKinds, type ProgressKind } from '../codes/progress-kind.ts';
import { purposes, type Purpose } from '../codes/purpose.ts';
import { reasonCodes, releasedReasonCodes, type ReasonCode } from '../codes/reason.ts';
import { returnPaths, type ReturnPath } from '../codes/return-path.ts';
import { taskStates, type TaskState } from '../codes/task-state.ts';
import { timerNames, type TimerName } from '../codes/timer-name.ts';
import { event } from '../envelope.ts';
import { Code, Count, Flag, Id, Instant } from '../fields.ts';
import type {
  ClientId,
  HealthcareServiceId,
  InstantText,
  MessageId,
  OrganizationId,
  PersonId,
  ServiceRequestId,
  TaskId,
} from '../ids.ts';
import { OfReferral } from './referral.events.ts';

/** Every `referral.task.*` event names the Task and its need. */
export abstract class OfTask extends OfReferral {
  @Id() readonly taskId!: TaskId;
  @Id() readonly serviceRequestId!: ServiceRequestId;
}

export class TaskDrafted extends event('referral.task.drafted', OfTask) {
  @Code(needs) readonly need!: Need;
  @Id({ optional: true }) readonly healthcareServiceId?: HealthcareServiceId;
  @Id({ optional: true }) readonly recipientOrganizationId?: OrganizationId;
  @Code(assignments) readonly assignment!: Assignment;
  @Id({ optional: true }) readonly replacesTaskId?: TaskId;
  @Id({ optional: true }) readonly reopensTaskId?: TaskId;
}

export class TaskConsentAwaited extends event('referral.task.consent-awaited', OfTask) {
  @Id() readonly clientId!: ClientId;
  @Id({ optional: true }) readonly recipientOrganizationId?: OrganizationId;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes) readonly purpose!: Purpose;
}

/** `eligibleOrganizationIds`: for a pool, the organizations that may see and claim it. */
export class TaskSent extends event('referral.task.sent', OfTask) {
  @Code(needs) readonly need!: Need;
  @Id() readonly senderOrganizationId!: OrganizationId;
  @Id({ optional: true }) readonly recipientOrganizationId?: OrganizationId;
  @Id({ optional: true }) readonly healthcareServiceId?: HealthcareServiceId;
  @Id({ list: true, optional: true }) readonly eligibleOrganizationIds?: readonly OrganizationId[];
  @Code(priorities) readonly priority!: Priority;
  @Code(returnPaths) readonly returnPath!: ReturnPath;
  @Instant() readonly acknowledgeBy!: InstantText;
  @Instant({ optional: true }) readonly deliverBy?: InstantText;
  @Count() readonly round!: number;
}

/** The message that the Task was sent reached somebody at the agency. It does not mean that they acknowledged it. */
export class TaskDelivered extends event('referral.task.delivered', OfTask) {}

export class TaskReceived extends event('referral.task.received', OfTask) {
  @Instant() readonly respondBy!: InstantText;
}

/** `respondBy`: set if the question is also the acknowledgement, so that the respond timer starts here, paused. */
export class TaskInfoRequested extends event('referral.task.info-requested', OfTask) {
  @Id() readonly messageId!: MessageId;
  @Instant() readonly replyBy!: InstantText;
  @Instant({ optional: true }) readonly respondBy?: InstantText;
}

export class TaskInfoReplied extends event('referral.task.info-replied', OfTask) {
  @Id() readonly messageId!: MessageId;
  @Instant() readonly respondBy!: InstantText;
}

export class TaskAccepted extends event('referral.task.accepted', OfTask) {
  @Id() readonly ownerId!: PersonId;
  @Id() readonly recipientOrganizationId!: OrganizationId;
  @Id({ optional: true }) readonly healthcareServiceId?: HealthcareServiceId;
  @Flag() readonly claimed!: boolean;
  @Instant({ optional: true }) readonly expectedBy?: InstantText;
  @Instant() readonly firstContactBy!: InstantText;
  @Instant({ optional: true }) readonly staleBy?: InstantText;
}

/** Policy `confirm-one`: the sender chose this acceptance. */
export class TaskPicked extends event('referral.task.picked', OfTask) {}

export class TaskDeclineProposed extends event('referral.task.decline-proposed', OfTask) {
  @Code(releasedReasonCodes) readonly reason!: ReasonCode;
  @Code(taskStates) readonly fromState!: TaskState;
  @Code(holdStates, { optional: true }) readonly fromSubState?: HoldState;
  @Count() readonly round!: number;
  @Instant() readonly reviewBy!: InstantText;
}

export class TaskDeclineReturned extends event('referral.task.decline-returned', OfTask) {
  @Code(taskStates) readonly toState!: TaskState;
  @Count() readonly round!: number;
  @Flag() readonly takenBack!: boolean;
}

export class TaskDeclined extends event('referral.task.declined', OfTask) {
  @Code(releasedReasonCodes) readonly reason!: ReasonCode;
  @Count() readonly hudResult!: number;
  @Flag() readonly afterAcceptance!: boolean;
  @Flag() readonly reroute!: boolean;
  @Instant({ optional: true }) readonly parkUntil?: InstantText;
  @Instant({ optional: true }) readonly rerouteBy?: InstantText;
}

export class TaskRedirected extends event('referral.task.redirected', OfTask) {
  @Code(releasedReasonCodes) readonly reason!: ReasonCode;
  @Id() readonly targetHealthcareServiceId!: HealthcareServiceId;
  @Id() readonly newTaskId!: TaskId;
  @Instant({ optional: true }) readonly parkUntil?: InstantText;
}

export class TaskProgressed extends event('referral.task.progressed', OfTask) {
  @Code(progressKinds) readonly kind!: ProgressKind;
  @Instant() readonly at!: InstantText;
  @Code(contactChannels, { optional: true }) readonly channel?: ContactChannel;
  @Flag({ optional: true }) readonly reached?: boolean;
  @Flag() readonly firstContact!: boolean;
}

export class TaskHeld extends event('referral.task.held', OfTask) {
  @Code(holdStates) readonly subState!: HoldState;
  @Instant() readonly reviewOn!: InstantText;
}

export class TaskResumed extends event('referral.task.resumed', OfTask) {}

export class TaskCompleted extends event('referral.task.completed', OfTask) {
  @Code(outcomes) readonly outcome!: Outcome;
  @Count() readonly outputCount!: number;
}

export class TaskNotCompleted extends event('referral.task.not-completed', OfTask) {
  @Code(releasedReasonCodes) readonly reason!: ReasonCode;
  @Count() readonly hudResult!: number;
  @Flag() readonly reroute!: boolean;
  @Instant({ optional: true }) readonly parkUntil?: InstantText;
  @Instant({ optional: true }) readonly rerouteBy?: InstantText;
}

export class TaskWithdrawalRequested extends event('referral.task.withdrawal-requested', OfTask) {
  @Code(releasedReasonCodes) readonly reason!: ReasonCode;
  @Code(endedBy) readonly requestedBy!: EndedBy;
  @Instant() readonly effectiveAt!: InstantText;
}

/** Version 2: `consent-expired` is a reason. */
export class TaskWithdrawn extends event('referral.task.withdrawn', OfTask, 2) {
  @Code(reasonCodes) readonly reason!: ReasonCode;
  @Code(endedBy) readonly by!: EndedBy;
  /** With `consent-expired`: when consent ended. */
  @Instant({ optional: true }) readonly consentEndedAt?: InstantText;
}

export class TaskSuspended extends event('referral.task.suspended', OfTask) {
  @Code(taskStates) readonly fromState!: TaskState;
  @Code(holdStates, { optional: true }) readonly fromSubState?: HoldState;
  @Instant({ optional: true }) readonly suspensionBy?: InstantText;
  /** Set if consent expired; absent if it was revoked. */
  @Code(['consent-expired'], { optional: true }) readonly because?: 'consent-expired';
  /** With `because`: when consent ended. */
  @Instant({ optional: true }) readonly consentEndedAt?: InstantText;
}

export class TaskRestored extends event('referral.task.restored', OfTask) {
  @Code(taskStates) readonly toState!: TaskState;
}

export class TaskExpired extends event('referral.task.expired', OfTask) {
  @Code(timerNames) readonly timer!: TimerName;
  @Instant({ optional: true }) readonly parkUntil?: InstantText;
  @Instant({ optional: true }) readonly rerouteBy?: InstantText;
}

export class TaskAssigned extends event('referral.task.assigned', OfTask) {
  @Id() readonly ownerId!: PersonId;
}

export class TaskMarkedInError extends event('referral.task.marked-in-error', OfTask) {
  @Code(releasedReasonCodes) readonly reason!: ReasonCode;
  @Flag() readonly disclosed!: boolean;
}

export class TaskReopened extends event('referral.task.reopened', OfTask) {
  @Id() readonly newTaskId!: TaskId;
  @Code(releasedReasonCodes) readonly reason!: ReasonCode;
}

/**
 * `contactChannels`, for first-contact-by: the only ways in which the client may be reached; empty: none, ask the sender.
 */
export class TaskEscalated extends event('referral.task.escalated', OfTask) {
  @Code(timerNames) readonly timer!: TimerName;
  @Code(milestones) readonly milestone!: Milestone;
  @Code(contactChannels, { list: true, optional: true }) readonly contactChannels?: readonly ContactChannel[];
}

export class TaskReturnPathChanged extends event('referral.task.return-path-changed', OfTask) {
  @Code(returnPaths) readonly returnPath!: ReturnPath;
}

/** The packet has changed since the agency read it, and the agency may open it again. The event does not say what is new. */
export class TaskInformationChanged extends event('referral.task.information-changed', OfTask) {}

/** A running timer got another due time, because the referral's priority changed. */
export class TaskTimerMoved extends event('referral.task.timer-moved', OfTask) {
  @Code(timerNames) readonly timer!: TimerName;
  @Instant() readonly dueAt!: InstantText;
}

/** Consent now names other organizations: these, and no others, may see and claim the pool's Task. */
export class TaskPoolChanged extends event('referral.task.pool-changed', OfTask) {
  @Id({ list: true }) readonly eligibleOrganizationIds!: readonly OrganizationId[];
}

export type TaskEvent =
  | TaskDrafted
  | TaskConsentAwaited
  | TaskSent
  | TaskDelivered
  | TaskReceived
  | TaskInfoRequested
  | TaskInfoReplied
  | TaskAccepted
  | TaskPicked
  | TaskDeclineProposed
  | TaskDeclineReturned
  | TaskDeclined
  | TaskRedirected
  | TaskProgressed
  | TaskHeld
  | TaskResumed
  | TaskCompleted
  | TaskNotCompleted
  | TaskWithdrawalRequested
  | TaskWithdrawn
  | TaskSuspended
  | TaskRestored
  | TaskExpired
  | TaskAssigned
  | TaskMarkedInError
  | TaskReopened
  | TaskEscalated
  | TaskReturnPathChanged
  | TaskInformationChanged
  | TaskTimerMoved
  | TaskPoolChanged;
