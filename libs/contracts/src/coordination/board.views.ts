import { assignments, type Assignment } from '../codes/assignment.ts';
import { dueGroups, type DueGroup } from '../codes/due-group.ts';
import { holdStates, type HoldState } from '../codes/hold-state.ts';
import { needs, type Need } from '../codes/need.ts';
import { priorities, type Priority } from '../codes/priority.ts';
import { progressKinds, type ProgressKind } from '../codes/progress-kind.ts';
import { results, type NeedResult } from '../codes/result.ts';
import { taskStates, type TaskState } from '../codes/task-state.ts';
import { timerNames, type TimerName } from '../codes/timer-name.ts';
import { waitsForCodes, type WaitsFor } from '../codes/waits-for.ts';
import { Code, Count, Id, Instant, Nested, Text } from '../fields.ts';
import type {
  HealthcareServiceId,
  InstantText,
  OrganizationId,
  PersonId,
  ReferralId,
  ServiceRequestId,
  TaskId,
} from '../ids.ts';
import { referenceLength } from '../referrals/reference.ts';
import { AttemptsView, TaskContactView } from '../referrals/task.views.ts';

/** Sub-states of a Task: why it is on hold, or what its latest progress was. */
export const subStates: readonly (HoldState | ProgressKind)[] = [...holdStates, ...progressKinds];

export class LastEventView {
  @Text({ maxLength: 100 }) readonly type!: string;
  @Instant() readonly at!: InstantText;
}

/** A Task in its agency's inbox: ids, codes and instants; the client's label comes from referrals. */
export class InboxRowView {
  @Id() readonly taskId!: TaskId;
  @Id() readonly referralId!: ReferralId;
  @Text({ maxLength: referenceLength }) readonly reference!: string;
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Code(needs) readonly need!: Need;
  @Code(priorities) readonly priority!: Priority;
  @Instant({ nullable: true }) readonly neededBy!: InstantText | null;
  @Code(taskStates) readonly state!: TaskState;
  @Instant() readonly stateSince!: InstantText;
  @Code(subStates, { nullable: true }) readonly subState!: HoldState | ProgressKind | null;
  @Code(waitsForCodes) readonly waitsFor!: WaitsFor;
  @Code(timerNames, { nullable: true }) readonly dueTimer!: TimerName | null;
  @Instant({ nullable: true }) readonly dueAt!: InstantText | null;
  @Code(dueGroups) readonly dueGroup!: DueGroup;
  @Id({ nullable: true }) readonly ownerId!: PersonId | null;
  @Id() readonly senderOrganizationId!: OrganizationId;
  @Id({ nullable: true }) readonly healthcareServiceId!: HealthcareServiceId | null;
  @Code(assignments) readonly assignment!: Assignment;
  @Nested(() => TaskContactView) readonly contact!: TaskContactView;
  @Nested(() => AttemptsView) readonly attempts!: AttemptsView;
  @Instant({ nullable: true }) readonly appointmentAt!: InstantText | null;
  @Instant({ nullable: true }) readonly reviewOn!: InstantText | null;
  @Nested(() => LastEventView) readonly lastEvent!: LastEventView;
  @Instant({ nullable: true }) readonly sentAt!: InstantText | null;
  @Count() readonly version!: number;
}

/** A need of a referral on the board of its coordinators or its sender. */
export class BoardRowView {
  @Id() readonly referralId!: ReferralId;
  @Text({ maxLength: referenceLength }) readonly reference!: string;
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Code(needs) readonly need!: Need;
  @Code(priorities) readonly priority!: Priority;
  @Instant({ nullable: true }) readonly neededBy!: InstantText | null;
  @Code(results) readonly result!: NeedResult;
  @Id({ nullable: true }) readonly taskId!: TaskId | null;
  @Code(taskStates, { nullable: true }) readonly state!: TaskState | null;
  @Instant({ nullable: true }) readonly stateSince!: InstantText | null;
  @Code(subStates, { nullable: true }) readonly subState!: HoldState | ProgressKind | null;
  @Code(waitsForCodes) readonly waitsFor!: WaitsFor;
  @Id() readonly senderOrganizationId!: OrganizationId;
  @Id({ nullable: true }) readonly recipientOrganizationId!: OrganizationId | null;
  @Count() readonly taskCount!: number;
  @Instant({ nullable: true }) readonly openedAt!: InstantText | null;
  @Nested(() => LastEventView, { nullable: true }) readonly lastEvent!: LastEventView | null;
  @Instant({ nullable: true }) readonly proposedAt!: InstantText | null;
  @Code(timerNames, { nullable: true }) readonly dueTimer!: TimerName | null;
  @Instant({ nullable: true }) readonly dueAt!: InstantText | null;
  @Code(dueGroups) readonly dueGroup!: DueGroup;
  @Count() readonly version!: number;
}
