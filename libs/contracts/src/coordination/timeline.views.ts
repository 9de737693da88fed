import { actorRoles, type ActorRole } from '../codes/actor-role.ts';
import { closeCodes, type CloseCode } from '../codes/close-code.ts';
import type { HoldState } from '../codes/hold-state.ts';
import { needs, type Need } from '../codes/need.ts';
import type { ProgressKind } from '../codes/progress-kind.ts';
import { reasonCodes, type ReasonCode } from '../codes/reason.ts';
import { taskStates, type TaskState } from '../codes/task-state.ts';
import { Code, Count, Id, Instant, Nested, Text } from '../fields.ts';
import type { EventId, InstantText, OrganizationId, PersonId, ReferralId, ServiceRequestId, TaskId } from '../ids.ts';
import { subStates } from './board.views.ts';

/**
 * One thing that happened. `state` and `subState`: the Task's state after it. `flags`: further codes of the event:
 * `claimed`, `after-acceptance`, `reroute`, an outcome, a milestone and its timer, who ended it, and so on.
 */
export class TimelineItemView {
  @Id() readonly eventId!: EventId;
  @Count() readonly version!: number;
  @Text({ maxLength: 100 }) readonly type!: string;
  @Instant() readonly at!: InstantText;
  @Id({ nullable: true }) readonly serviceRequestId!: ServiceRequestId | null;
  @Code(needs, { nullable: true }) readonly need!: Need | null;
  @Id({ nullable: true }) readonly taskId!: TaskId | null;
  @Id({ nullable: true }) readonly actorId!: PersonId | null;
  @Code(actorRoles) readonly actorRole!: ActorRole;
  @Id({ nullable: true }) readonly actorOrganizationId!: OrganizationId | null;
  @Code(taskStates, { nullable: true }) readonly state!: TaskState | null;
  @Code(subStates, { nullable: true }) readonly subState!: HoldState | ProgressKind | null;
  @Code(reasonCodes, { nullable: true }) readonly reason!: ReasonCode | null;
  @Instant({ nullable: true }) readonly dueAt!: InstantText | null;
  @Text({ list: true, maxLength: 40 }) readonly flags!: readonly string[];
}

export class TimelineClosedView {
  @Code(closeCodes) readonly code!: CloseCode;
  @Instant() readonly at!: InstantText;
}

/** What happened to a referral, as far as its reader may know, by version. An agency sees its own Tasks, once sent. */
export class TimelineView {
  @Id() readonly referralId!: ReferralId;
  @Count() readonly version!: number;
  @Nested(() => TimelineClosedView, { nullable: true }) readonly closed!: TimelineClosedView | null;
  @Nested(() => TimelineItemView, { list: true, max: 10_000 }) readonly items!: readonly TimelineItemView[];
}
