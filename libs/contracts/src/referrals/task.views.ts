import { assignments, type Assignment } from '../codes/assignment.ts';
import { categories, type Category } from '../codes/category.ts';
import { contactChannels, type ContactChannel } from '../codes/contact-channel.ts';
import { directions, type Direction } from '../codes/direction.ts';
import { dueGroups, type DueGroup } from '../codes/due-group.ts';
import { languages, type Language } from '../codes/language.ts';
import { needs, type Need } from '../codes/need.ts';
import { noticeCodes, type NoticeCode } from '../codes/notice.ts';
import { outcomes, type Outcome } from '../codes/outcome.ts';
import { priorities, type Priority } from '../codes/priority.ts';
import { purposes, type Purpose } from '../codes/purpose.ts';
import { reasonCodes, type ReasonCode, type ReasonedAction } from '../codes/reason.ts';
import { returnPaths, type ReturnPath } from '../codes/return-path.ts';
import { taskActions, type TaskAction } from '../codes/task-action.ts';
import { taskStates, type TaskState } from '../codes/task-state.ts';
import { timerNames, type TimerName } from '../codes/timer-name.ts';
import { waitsForCodes, type WaitsFor } from '../codes/waits-for.ts';
import { Code, Count, Flag, Id, Instant, Nested, Text } from '../fields.ts';
import type {
  InstantText,
  ConsentId,
  DisclosureId,
  HealthcareServiceId,
  MessageId,
  OrganizationId,
  PersonId,
  ReferralId,
  ServiceRequestId,
  TaskId,
} from '../ids.ts';
import { PacketAttachment } from './attachment/attachment.views.ts';
import { ClientDataView } from './client.views.ts';
import { referenceLength } from './reference.ts';
import { Detail } from './referral.commands.ts';

export class LegalMoveView {
  @Code(taskActions) readonly action!: TaskAction;
  @Text({ list: true }) readonly needs!: readonly string[];
  @Text({ list: true }) readonly optional!: readonly string[];
  @Code(reasonCodes, { list: true, optional: true }) readonly reasons?: readonly ReasonCode[];
  /** For `complete`: the outcomes with which this need may be completed. */
  @Code(outcomes, { list: true, optional: true }) readonly outcomes?: readonly Outcome[];
}

export class TimerView {
  @Code(timerNames) readonly timer!: TimerName;
  @Instant() readonly dueAt!: InstantText;
  @Instant({ nullable: true }) readonly pausedAt!: InstantText | null;
}

/** Attempts since the client was last reached, counted from acceptance; the policy's days are between `since` and `last`. */
export class AttemptsView {
  @Count() readonly count!: number;
  @Code(contactChannels, { list: true }) readonly channels!: readonly ContactChannel[];
  @Instant({ nullable: true }) readonly since!: InstantText | null;
  @Instant({ nullable: true }) readonly last!: InstantText | null;
}

/**
 * How the client may be reached, known before the packet is opened. `channels` null: in any way; empty: in none, ask the
 * sender. Other ways are left out of the packet and refused in a progress report.
 */
export class TaskContactView {
  @Flag() readonly prohibited!: boolean;
  @Code(contactChannels, { list: true, nullable: true }) readonly channels!: readonly ContactChannel[] | null;
}

export class AwaitingView {
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
}

/** A Task as its reader may see it: no text, no client data (contract.md §2.1). */
export class TaskView {
  @Id() readonly taskId!: TaskId;
  @Count() readonly version!: number;
  @Id() readonly referralId!: ReferralId;
  @Text({ maxLength: referenceLength }) readonly reference!: string;
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Code(needs) readonly need!: Need;
  @Code(priorities) readonly priority!: Priority;
  @Code(taskStates) readonly state!: TaskState;
  @Text({ nullable: true }) readonly subState!: string | null;
  @Code(waitsForCodes) readonly waitsFor!: WaitsFor;
  @Id() readonly senderOrganizationId!: OrganizationId;
  @Id({ nullable: true }) readonly recipientOrganizationId!: OrganizationId | null;
  @Id({ nullable: true }) readonly healthcareServiceId!: HealthcareServiceId | null;
  @Code(assignments) readonly assignment!: Assignment;
  @Id({ nullable: true }) readonly ownerId!: PersonId | null;
  @Count() readonly round!: number;
  @Code(reasonCodes, { nullable: true }) readonly reason!: ReasonCode | null;
  @Flag() readonly afterAcceptance!: boolean;
  @Code(outcomes, { nullable: true }) readonly outcome!: Outcome | null;
  @Count() readonly outputCount!: number;
  @Code(returnPaths) readonly returnPath!: ReturnPath;
  @Flag() readonly statusFrozen!: boolean;
  @Nested(() => AwaitingView, { nullable: true }) readonly awaiting!: AwaitingView | null;
  @Id({ nullable: true }) readonly replacesTaskId!: string | null;
  @Id({ nullable: true }) readonly reopensTaskId!: string | null;
  @Instant({ nullable: true }) readonly withdrawalRequestedAt!: InstantText | null;
  @Instant({ nullable: true }) readonly expectedBy!: InstantText | null;
  @Instant({ nullable: true }) readonly reviewOn!: InstantText | null;
  @Nested(() => TaskContactView) readonly contact!: TaskContactView;
  @Nested(() => AttemptsView) readonly attempts!: AttemptsView;
  @Nested(() => TimerView, { list: true }) readonly timers!: readonly TimerView[];
  @Code(timerNames, { nullable: true }) readonly dueTimer!: TimerName | null;
  @Instant({ nullable: true }) readonly dueAt!: InstantText | null;
  @Code(dueGroups) readonly dueGroup!: DueGroup;
  @Instant() readonly createdAt!: InstantText;
  @Instant({ nullable: true }) readonly sentAt!: InstantText | null;
  @Instant({ nullable: true }) readonly receivedAt!: InstantText | null;
  @Instant({ nullable: true }) readonly acceptedAt!: InstantText | null;
  @Instant({ nullable: true }) readonly endedAt!: InstantText | null;
  @Instant({ nullable: true }) readonly packetOpenedAt!: InstantText | null;
  /** For the agency: the packet contains something unread. Opening it again shows what, and is recorded. */
  @Flag() readonly newInformation!: boolean;
  @Nested(() => LegalMoveView, { list: true }) readonly legalMoves!: readonly LegalMoveView[];
}

export class MessageView {
  @Id() readonly messageId!: MessageId;
  @Instant() readonly at!: InstantText;
  @Code(['sender', 'agency']) readonly from!: 'sender' | 'agency';
  @Code(['question', 'reply', 'note']) readonly kind!: 'question' | 'reply' | 'note';
  @Text() readonly text!: string;
}

export class PacketNeed {
  @Code(needs) readonly code!: Need;
  @Text({ optional: true }) readonly statedNeed?: string;
}

/** A notice that goes with a disclosure, in the reader's language. */
export class PacketNotice {
  @Code(noticeCodes) readonly code!: NoticeCode;
  @Code(languages) readonly language!: Language;
  @Text() readonly text!: string;
}

export class PacketConsentScope {
  @Id({ list: true }) readonly consentIds!: readonly ConsentId[];
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes) readonly purpose!: Purpose;
  @Instant({ nullable: true }) readonly validUntil!: InstantText | null;
}

/** The client data that one Task may carry: limited to consent and the service's template; a withheld key is absent. */
export class PacketView {
  @Id() readonly disclosureId!: DisclosureId;
  @Code(directions) readonly direction!: Direction;
  @Id() readonly taskId!: TaskId;
  @Count() readonly version!: number;
  @Nested(() => ClientDataView, { optional: true }) readonly client?: ClientDataView;
  @Nested(() => PacketNeed) readonly need!: PacketNeed;
  @Nested(() => Detail, { list: true }) readonly details!: readonly Detail[];
  @Nested(() => MessageView, { list: true }) readonly messages!: readonly MessageView[];
  @Nested(() => PacketAttachment, { list: true }) readonly attachments!: readonly PacketAttachment[];
  @Nested(() => PacketNotice, { list: true }) readonly notices!: readonly PacketNotice[];
  @Nested(() => PacketConsentScope) readonly consentScope!: PacketConsentScope;
}

/**
 * What a list may call a client. Sender: name and birth date; agency: initials and age band until it opened the packet.
 * Unknown parts are null, and an unknown age band is `unknown`; an imprecise birth date may span two bands.
 */
export class LabelView {
  @Text({ optional: true }) readonly given?: string | null;
  @Text({ optional: true }) readonly family?: string | null;
  @Text({ optional: true }) readonly birthDate?: string | null;
  @Flag({ optional: true, description: 'There, and true, where the birth date is an estimate.' })
  readonly estimated?: boolean;
  @Count({ optional: true }) readonly birthYear?: number | null;
  @Text({ optional: true }) readonly initials?: string;
  @Text({ optional: true }) readonly ageBand?: string;
}

export class QueriedTask {
  @Id() readonly taskId!: TaskId;
  @Count() readonly version!: number;
  @Code(taskStates) readonly state!: TaskState;
  @Nested(() => TaskContactView) readonly contact!: TaskContactView;
  @Nested(() => LegalMoveView, { list: true }) readonly legalMoves!: readonly LegalMoveView[];
  @Nested(() => LabelView, { nullable: true }) readonly label!: LabelView | null;
}

export class ReasonWords {
  @Text() readonly en!: string;
  @Text() readonly es!: string;
}

export class ReasonView {
  @Code(reasonCodes) readonly code!: ReasonCode;
  @Text({ list: true }) readonly actions!: readonly ReasonedAction[];
  @Count() readonly hudResult!: number;
  @Flag() readonly reroute!: boolean;
  @Count() readonly parkDays!: number;
  @Flag() readonly capacityStatistic!: boolean;
  @Flag() readonly needsText!: boolean;
  @Nested(() => ReasonWords) readonly words!: ReasonWords;
  @Nested(() => ReasonWords) readonly staffWords!: ReasonWords;
  @Count({ nullable: true }) readonly shortOrder!: number | null;
}
