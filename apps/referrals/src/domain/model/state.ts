import type {
  AccessEndCause,
  AccessEvent,
  AccessId,
  AreaId,
  Assignment,
  AttachmentEvent,
  AttachmentId,
  AttachmentKind,
  AttachmentRemoval,
  Category,
  ClientId,
  CloseCode,
  ConsentId,
  EndedBy,
  HealthcareServiceId,
  HoldState,
  InstantText,
  Need,
  NeedResult,
  NetworkId,
  NoticeCode,
  OrganizationId,
  Outcome,
  PersonId,
  Priority,
  ProgressKind,
  Purpose,
  ReasonCode,
  ReferralEvent,
  ReferralId,
  ReturnPath,
  ServiceRequestId,
  TaskEvent,
  TaskId,
  TaskState,
} from '#contracts';
import type { ContactAttempts, RunningTimer } from '#tracking';
import type { ContactRule } from './contact.ts';

/** Every fact of a referral stream. */
export type AnyReferralEvent = ReferralEvent | TaskEvent | AccessEvent | AttachmentEvent;

/** The state to which a decline-review or a consent suspension returns exactly. */
export interface StateBefore {
  readonly state: TaskState;
  readonly subState: HoldState | ProgressKind | null;
  /** Of a decline-review: the reason that is proposed. */
  readonly reason: ReasonCode | null;
  /** Of a decline-review that was suspended: the state before the review. */
  readonly before: StateBefore | null;
}

/** One Task: contract.md §2 Task, less what is computed for each caller. No text, no client data. */
export interface TaskRow {
  readonly taskId: TaskId;
  readonly referralId: ReferralId;
  readonly serviceRequestId: ServiceRequestId;
  readonly need: Need;
  readonly priority: Priority;
  readonly state: TaskState;
  readonly subState: HoldState | ProgressKind | null;
  /** The stream's version at this Task's own last change. */
  readonly version: number;
  readonly senderOrganizationId: OrganizationId;
  readonly recipientOrganizationId: OrganizationId | null;
  readonly healthcareServiceId: HealthcareServiceId | null;
  readonly networkId: NetworkId;
  readonly assignment: Assignment;
  readonly eligibleOrganizationIds: readonly OrganizationId[];
  readonly ownerId: PersonId | null;
  /** Decline reviews that the coordinator sent back. */
  readonly round: number;
  readonly reason: ReasonCode | null;
  readonly afterAcceptance: boolean;
  readonly outcome: Outcome | null;
  readonly outputCount: number;
  readonly returnPath: ReturnPath;
  readonly statusFrozen: boolean;
  readonly frozen: FrozenView | null;
  readonly awaiting: { readonly categories: readonly Category[]; readonly purpose: Purpose } | null;
  readonly replacesTaskId: TaskId | null;
  readonly reopensTaskId: TaskId | null;
  readonly withdrawalRequestedAt: InstantText | null;
  readonly withdrawalReason: ReasonCode | null;
  readonly expectedBy: InstantText | null;
  readonly reviewOn: InstantText | null;
  /** Attempts since the client was last reached. */
  readonly attempts: ContactAttempts;
  /** Policy `confirm-one`: the sender chose this acceptance. */
  readonly picked: boolean;
  readonly timers: readonly RunningTimer[];
  readonly stateBefore: StateBefore | null;
  /** The first progress after acceptance was recorded. */
  readonly contacted: boolean;
  /** Ended, and the reason asks for another agency. */
  readonly reroute: boolean;
  /** Until then this organization is not offered this need again. */
  readonly parkUntil: InstantText | null;
  readonly endedBy: EndedBy | null;
  /** Organizations that opened the packet. */
  readonly openedBy: readonly OrganizationId[];
  readonly createdBy: PersonId | null;
  readonly createdByOrganizationId: OrganizationId | null;
  readonly createdAt: InstantText;
  readonly sentAt: InstantText | null;
  readonly receivedAt: InstantText | null;
  readonly acceptedAt: InstantText | null;
  readonly endedAt: InstantText | null;
  /** When the recipient first opened the packet. */
  readonly packetOpenedAt: InstantText | null;
  /** Since when the packet holds something that the recipient has not read; absent where there never was such. */
  readonly newInformationAt?: InstantText | null;
}

/** What the sender goes on seeing of a Task whose return path is `none` (contract.md §4.6). */
export type FrozenView = Readonly<
  Pick<
    TaskRow,
    | 'state'
    | 'subState'
    | 'version'
    | 'ownerId'
    | 'round'
    | 'reason'
    | 'afterAcceptance'
    | 'outcome'
    | 'outputCount'
    | 'expectedBy'
    | 'reviewOn'
    | 'attempts'
    | 'timers'
    | 'receivedAt'
    | 'acceptedAt'
    | 'endedAt'
    | 'packetOpenedAt'
  >
>;

export interface RerouteProposal {
  readonly at: InstantText;
  readonly afterTaskId: TaskId;
  readonly healthcareServiceIds: readonly HealthcareServiceId[];
  readonly auto: boolean;
  readonly rerouteBy: InstantText;
}

export interface NeedRow {
  readonly serviceRequestId: ServiceRequestId;
  readonly referralId: ReferralId;
  /** The stream's version at this need's own last change. */
  readonly version: number;
  readonly need: Need;
  readonly areaId: AreaId;
  readonly result: NeedResult;
  readonly settledReason: ReasonCode | null;
  /** Settled by a person, not by how its Tasks ended. */
  readonly settledByHand: boolean;
  /** The ended Task after which another agency is looked for; null when no reroute is pending. */
  readonly rerouteAfterTaskId: TaskId | null;
  readonly proposal: RerouteProposal | null;
  /** Place in the referral, from 0. */
  readonly order: number;
}

/** One organization's permission to open a Task's packet; open while `endedAt` is null. */
export interface AccessRow {
  readonly accessId: AccessId;
  readonly taskId: TaskId;
  readonly serviceRequestId: ServiceRequestId;
  readonly clientId: ClientId;
  readonly fromOrganizationId: OrganizationId;
  readonly toOrganizationId: OrganizationId;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly consentIds: readonly ConsentId[];
  readonly noticeCodes: readonly NoticeCode[];
  readonly grantedAt: InstantText;
  readonly endedAt: InstantText | null;
  readonly cause: AccessEndCause | null;
}

/**
 * A document of the referral, as far as decisions know of it: not its title, nor what it speaks of, which stand beside
 * its bytes. It is live while `removedAt` is null.
 */
export interface AttachmentRow {
  readonly attachmentId: AttachmentId;
  readonly referralId: ReferralId;
  /** The stream's version at this attachment's own last change. */
  readonly version: number;
  readonly kind: AttachmentKind;
  readonly addedAt: InstantText;
  readonly removedAt: InstantText | null;
  readonly removalReason: AttachmentRemoval | null;
}

export interface ReferralState {
  readonly referralId: ReferralId;
  /** The stream's version at the referral's own last change (its fields, its list of needs, its closing). */
  readonly version: number;
  /** The same, closing and opening again left out: what stands still for a sender who may not learn of a closing. */
  readonly openVersion: number;
  readonly clientId: ClientId;
  readonly senderOrganizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly priority: Priority;
  readonly neededBy: InstantText | null;
  readonly createdBy: PersonId | null;
  readonly createdAt: InstantText;
  /** What the stream last reported of how the client may be reached; absent: in any way. */
  readonly contact?: ContactRule;
  readonly closed: {
    readonly code: CloseCode;
    readonly at: InstantText;
    readonly met: number;
    readonly partlyMet: number;
    readonly unmet: number;
  } | null;
  readonly needs: readonly NeedRow[];
  readonly tasks: readonly TaskRow[];
  readonly access: readonly AccessRow[];
  readonly attachments: readonly AttachmentRow[];
}
