import type {
  AccessEvent,
  Assignment,
  AttachmentEvent,
  CloseCode,
  EventEnvelope,
  HealthcareServiceId,
  HoldState,
  InstantText,
  Need,
  NeedResult,
  NetworkId,
  OrganizationId,
  Outcome,
  PersonId,
  Priority,
  ProgressKind,
  ReasonCode,
  ReferralEvent,
  ReferralId,
  ReturnPath,
  ServiceRequestId,
  TaskContactView,
  TaskEvent,
  TaskId,
  TaskState,
} from '#contracts';
import type { ContactAttempts, Timers } from '#tracking';

/** An event of a referral stream as the read models keep it: only ids, codes and instants. */
export interface Fact {
  readonly version: number;
  readonly at: InstantText;
  readonly event: KnownEvent;
  /** Of a referral's creation: who created it. */
  readonly by?: PersonId;
}

export type KnownEvent = ReferralEvent | TaskEvent | AccessEvent | AttachmentEvent;

/** The state to which a decline-review or a consent suspension returns exactly. */
export interface StateBefore {
  readonly state: TaskState;
  readonly subState: HoldState | ProgressKind | null;
  /** In a decline review: the proposed reason. */
  readonly reason: ReasonCode | null;
  readonly before: StateBefore | null;
}

/** What happened last to a Task, as a timeline shows it. */
export interface LastEvent {
  readonly type: string;
  readonly at: InstantText;
}

/** The values that are frozen for a sender to whom nothing may be reported back (contract.md §4.6). */
export interface FrozenTask {
  readonly state: TaskState;
  readonly subState: HoldState | ProgressKind | null;
  readonly version: number;
  readonly timers: Timers;
  readonly stateSince: InstantText;
  readonly lastEvent: LastEvent;
  /** Whether the sender saw it as ended. */
  readonly ended: boolean;
}

/** The state of a Task from its events. Null means that no event has said it yet. */
export interface BoardTask {
  readonly taskId: TaskId;
  readonly serviceRequestId: ServiceRequestId;
  readonly need: Need | null;
  readonly priority: Priority;
  /** When the client needs the service, as known while the Task was open. */
  readonly neededBy: InstantText | null;
  readonly state: TaskState;
  readonly subState: HoldState | ProgressKind | null;
  /** When it came into its state; each reason to be on hold counts as a state. */
  readonly stateSince: InstantText;
  readonly stateBefore: StateBefore | null;
  /** The stream's version at this Task's own last change. */
  readonly version: number;
  readonly lastEvent: LastEvent;
  readonly recipientOrganizationId: OrganizationId | null;
  readonly healthcareServiceId: HealthcareServiceId | null;
  readonly assignment: Assignment;
  readonly eligibleOrganizationIds: readonly OrganizationId[];
  readonly ownerId: PersonId | null;
  readonly reason: ReasonCode | null;
  readonly outcome: Outcome | null;
  /** Whether it ended with a reason that asks for another agency. */
  readonly reroute: boolean;
  readonly returnPath: ReturnPath;
  readonly frozen: FrozenTask | null;
  readonly timers: Timers;
  /** Attempts since the client was last reached. */
  readonly attempts: ContactAttempts;
  /** The booked appointment: until the client missed it, or the Task ended. */
  readonly appointmentAt: InstantText | null;
  readonly reviewOn: InstantText | null;
  readonly openedBy: readonly OrganizationId[];
  /** Whether the packet contains something that the recipient has not read. */
  readonly newInformation?: boolean;
  readonly sentAt: InstantText | null;
  readonly acceptedAt: InstantText | null;
  readonly endedAt: InstantText | null;
}

export interface BoardNeed {
  readonly serviceRequestId: ServiceRequestId;
  readonly need: Need | null;
  readonly result: NeedResult;
  readonly settledByHand: boolean;
  readonly openedAt: InstantText | null;
  /** When other agencies were last proposed. */
  readonly proposedAt: InstantText | null;
  /** The stream's version at this need's own last change. */
  readonly version: number;
}

/** A referral as folded from its events: the source of inbox rows, board rows and timelines. */
export interface BoardReferral {
  readonly referralId: ReferralId;
  readonly senderOrganizationId: OrganizationId | null;
  readonly networkId: NetworkId | null;
  readonly createdBy: PersonId | null;
  readonly priority: Priority;
  readonly neededBy: InstantText | null;
  readonly closed: { readonly code: CloseCode; readonly at: InstantText } | null;
  /** How the client may be reached; absent means in any way. */
  readonly contact?: TaskContactView;
  readonly needs: readonly BoardNeed[];
  readonly tasks: readonly BoardTask[];
}

/** An event of the referrals' topic with its type as a field, because a JSON text would lose it. */
export function factOf({ type, event, time, streamVersion, actor }: EventEnvelope): Fact {
  const by = type === 'referral.created' && actor.id !== null ? { by: actor.id } : {};
  return { version: streamVersion, at: time, event: { ...event, type } as KnownEvent, ...by };
}
