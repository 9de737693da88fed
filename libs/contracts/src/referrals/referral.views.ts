import { candidateReasons, type CandidateReason } from '../codes/candidate-reason.ts';
import { closeCodes, type CloseCode } from '../codes/close-code.ts';
import { needs, type Need } from '../codes/need.ts';
import { priorities, type Priority } from '../codes/priority.ts';
import { reasonCodes, type ReasonCode } from '../codes/reason.ts';
import { results, type NeedResult } from '../codes/result.ts';
import { taskStates, type TaskState } from '../codes/task-state.ts';
import { waitsForCodes, type WaitsFor } from '../codes/waits-for.ts';
import { Code, Count, Flag, Id, Instant, Nested, Text } from '../fields.ts';
import type {
  InstantText,
  AreaId,
  ClientId,
  HealthcareServiceId,
  OrganizationId,
  PersonId,
  ReferralId,
  ServiceRequestId,
  TaskId,
} from '../ids.ts';
import { ClientDataView, LikelyDuplicate } from './client.views.ts';
import { referenceLength } from './reference.ts';
import { Detail } from './referral.commands.ts';
import { LabelView, TaskView } from './task.views.ts';

export class CandidateReasonView {
  @Code(candidateReasons) readonly code!: CandidateReason;
  @Flag() readonly speaksFor!: boolean;
}

export class CandidateView {
  @Id() readonly healthcareServiceId!: HealthcareServiceId;
  @Id() readonly organizationId!: OrganizationId;
  @Count() readonly rank!: number;
  @Flag() readonly consentCovers!: boolean;
  @Nested(() => CandidateReasonView, { list: true }) readonly reasons!: readonly CandidateReasonView[];
}

export class ProposalView {
  @Instant() readonly at!: InstantText;
  @Nested(() => CandidateView, { list: true }) readonly candidates!: readonly CandidateView[];
}

export class NeedView {
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Count() readonly version!: number;
  @Code(needs) readonly need!: Need;
  @Id() readonly areaId!: AreaId;
  @Text({ optional: true }) readonly statedNeed?: string;
  @Nested(() => Detail, { list: true, optional: true }) readonly details?: readonly Detail[];
  @Code(results) readonly result!: NeedResult;
  @Code(reasonCodes, { nullable: true }) readonly settledReason!: ReasonCode | null;
  /** The note of the person who settled it by hand; only if the sender reads the whole referral. */
  @Text({ optional: true, nullable: true }) readonly settledNote?: string | null;
  @Nested(() => ProposalView, { nullable: true }) readonly proposal!: ProposalView | null;
  @Nested(() => TaskView, { list: true }) readonly tasks!: readonly TaskView[];
}

export class ClosedView {
  @Code(closeCodes) readonly code!: CloseCode;
  @Instant() readonly at!: InstantText;
  @Count() readonly met!: number;
  @Count() readonly partlyMet!: number;
  @Count() readonly unmet!: number;
}

export class ClientView extends ClientDataView {
  @Id() readonly clientId!: ClientId;
  @Instant({ optional: true }) readonly deceased?: InstantText;
}

/** `client`, `note` and the needs' texts are absent for a coordinator and in the answer to a command. */
export class ReferralView {
  @Id() readonly referralId!: ReferralId;
  @Text({ maxLength: referenceLength }) readonly reference!: string;
  @Count() readonly version!: number;
  @Id() readonly clientId!: ClientId;
  @Nested(() => ClientView, { optional: true }) readonly client?: ClientView;
  @Id() readonly senderOrganizationId!: OrganizationId;
  @Id({ nullable: true }) readonly createdBy!: PersonId | null;
  @Instant() readonly createdAt!: InstantText;
  @Code(priorities) readonly priority!: Priority;
  @Instant({ nullable: true }) readonly neededBy!: InstantText | null;
  @Text({ optional: true, nullable: true }) readonly note?: string | null;
  @Nested(() => ClosedView, { nullable: true }) readonly closed!: ClosedView | null;
  @Nested(() => NeedView, { list: true }) readonly needs!: readonly NeedView[];
  @Nested(() => LikelyDuplicate, {
    list: true,
    optional: true,
    description: 'Only in the answer to a referral of a new client: who of the organization may be the same person.',
  })
  readonly likelyDuplicates?: readonly LikelyDuplicate[];
}

export class ListedNeed {
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Code(needs) readonly need!: Need;
  @Code(results) readonly result!: NeedResult;
  @Code(taskStates, { nullable: true }) readonly state!: TaskState | null;
  @Code(waitsForCodes) readonly waitsFor!: WaitsFor;
  @Instant({ nullable: true }) readonly dueAt!: InstantText | null;
}

export class ListedReferral {
  @Id() readonly referralId!: ReferralId;
  @Text({ maxLength: referenceLength }) readonly reference!: string;
  @Count() readonly version!: number;
  @Nested(() => LabelView, { nullable: true }) readonly label!: LabelView | null;
  @Code(priorities) readonly priority!: Priority;
  @Instant({ nullable: true }) readonly neededBy!: InstantText | null;
  @Instant() readonly createdAt!: InstantText;
  @Nested(() => ClosedView, { nullable: true }) readonly closed!: ClosedView | null;
  @Nested(() => ListedNeed, { list: true }) readonly needs!: readonly ListedNeed[];
}

/** One Task of a referral that was found by its reference. */
export class ReferencedTask {
  @Id() readonly taskId!: TaskId;
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Code(needs) readonly need!: Need;
  @Code(taskStates) readonly state!: TaskState;
}

/** The referral behind a reference, with those of its Tasks that the reader may see: ids and codes alone. */
export class ReferencedReferral {
  @Text({ maxLength: referenceLength }) readonly reference!: string;
  @Id() readonly referralId!: ReferralId;
  @Nested(() => ReferencedTask, { list: true }) readonly tasks!: readonly ReferencedTask[];
}

export class FoundClient {
  @Id() readonly clientId!: ClientId;
  @Nested(() => LabelView) readonly label!: LabelView;
  @Id({ list: true }) readonly referralIds!: readonly ReferralId[];
}

/** Who the person in question may be. */
export class DuplicateClient extends LikelyDuplicate {
  @Nested(() => LabelView) readonly label!: LabelView;
}
