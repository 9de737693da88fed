import type {
  AreaId,
  AttachmentContentType,
  AttachmentId,
  AttachmentKind,
  AttachmentRemoval,
  Category,
  ClientId,
  ConsentId,
  ContactChannel,
  DeathUndoReason,
  Direction,
  DisclosureId,
  HealthcareServiceId,
  HoldState,
  InstantText,
  MessageId,
  Milestone,
  Need,
  NetworkId,
  NoticeCode,
  OrganizationId,
  Outcome,
  OutputKind,
  PersonId,
  Priority,
  ProgressKind,
  Purpose,
  ReasonCode,
  ReferralId,
  Role,
  ServiceRequestId,
  TaskAction,
  TaskId,
  TimerName,
} from '#contracts';
/** Who asks. `system` and `timer` are the platform itself; `client` is the person being helped. */
export interface Caller {
  readonly personId: PersonId | null;
  readonly organizationId: OrganizationId | null;
  readonly roles: readonly Role[];
  readonly kind: 'person' | 'system' | 'timer' | 'client';
}

/** To whom a Task is drafted: a service with its organization, or a pool, which has neither. */
export type Target =
  | { readonly healthcareServiceId: HealthcareServiceId; readonly recipientOrganizationId: OrganizationId }
  | { readonly healthcareServiceId: null; readonly recipientOrganizationId: null };

/** A Task that a new need begins with. */
export type FirstOffer = Target & { readonly taskId: TaskId };

export interface NewNeedData {
  readonly serviceRequestId: ServiceRequestId;
  readonly need: Need;
  readonly areaId: AreaId;
  readonly offers?: readonly FirstOffer[];
}

/** Fields of contract.md §2.2; texts are stored by the shell and stand here as `hasNote` and `messageId`. */
export interface TaskActionData {
  readonly reason?: ReasonCode;
  readonly hasNote?: boolean;
  readonly messageId?: MessageId;
  readonly ownerId?: PersonId;
  readonly expectedBy?: InstantText;
  readonly kind?: ProgressKind;
  readonly at?: InstantText;
  readonly channel?: ContactChannel;
  readonly reached?: boolean;
  readonly subState?: HoldState;
  readonly reviewOn?: InstantText;
  readonly outcome?: Outcome;
  readonly outputs?: readonly { readonly kind: OutputKind; readonly at: InstantText }[];
  readonly healthcareServiceId?: HealthcareServiceId;
}

export interface CreateReferral {
  readonly type: 'create-referral';
  readonly referralId: ReferralId;
  readonly clientId: ClientId;
  readonly senderOrganizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly priority: Priority;
  readonly neededBy?: InstantText;
  readonly needs: readonly NewNeedData[];
}

export interface ChangeReferral {
  readonly type: 'change-referral';
  readonly priority?: Priority;
  /** null takes the date away; absent leaves it. */
  readonly neededBy?: InstantText | null;
  /** The note is written, or taken away, beside the decision. */
  readonly hasNote?: boolean;
}

export interface AddNeed extends NewNeedData {
  readonly type: 'add-need';
}

export interface WithdrawReferral {
  readonly type: 'withdraw-referral';
  readonly reason: ReasonCode;
  readonly hasNote?: boolean;
}

/** Sends every Task that is a draft, with `facts.sendings`. */
export interface SendReferral {
  readonly type: 'send-referral';
}

/** Offers a need to one service (`facts.service`), or to every eligible agency at once (`pool`). */
export interface OfferNeed {
  readonly type: 'offer-need';
  readonly serviceRequestId: ServiceRequestId;
  readonly taskId: TaskId;
  readonly pool: boolean;
}

export interface SettleNeed {
  readonly type: 'settle-need';
  readonly serviceRequestId: ServiceRequestId;
  readonly reason: ReasonCode;
  readonly hasNote?: boolean;
}

/** By `system`, with `facts.candidates`. */
export interface ProposeReroute {
  readonly type: 'propose-reroute';
  readonly serviceRequestId: ServiceRequestId;
  readonly afterTaskId: TaskId;
}

/** By `system`, with `facts.consent`, `facts.service` and, for a pool, `facts.eligible`. */
export interface ReviewConsent {
  readonly type: 'review-consent';
  readonly taskId: TaskId;
}

export interface OpenPacket {
  readonly type: 'open-packet';
  readonly taskId: TaskId;
  readonly direction: Direction;
  readonly disclosureId: DisclosureId;
  readonly readerOrganizationId: OrganizationId;
  readonly categories: readonly Category[];
  readonly consentIds: readonly ConsentId[];
  readonly noticeCodes: readonly NoticeCode[];
  readonly purpose: Purpose;
  /** Those whose bytes are handed over. */
  readonly attachmentIds?: readonly AttachmentId[];
}

/** The file itself, its title and its categories are stored by the shell. `size` in bytes. */
export interface AddAttachment {
  readonly type: 'add-attachment';
  readonly attachmentId: AttachmentId;
  readonly kind: AttachmentKind;
  readonly contentType: AttachmentContentType;
  readonly size: number;
}

export interface RemoveAttachment {
  readonly type: 'remove-attachment';
  readonly attachmentId: AttachmentId;
  readonly reason: AttachmentRemoval;
}

/** By `system`: a notification of the sending reached somebody at the agency. */
export interface RecordDelivery {
  readonly type: 'record-delivery';
  readonly taskId: TaskId;
}

/** By `system`: a packet of this Task now holds something new of these categories, with `facts.consent` and `facts.service`. */
export interface TellNewInformation {
  readonly type: 'tell-new-information';
  readonly taskId: TaskId;
  readonly categories: readonly Category[];
}

/** By `timer`. Without `milestone`: the timer's end (expired, withdrawn), where it has one. */
export interface FireTimer {
  readonly type: 'fire-timer';
  readonly taskId: TaskId;
  readonly timer: TimerName;
  readonly milestone?: Milestone;
}

export interface ActOnTask {
  readonly type: 'task';
  readonly taskId: TaskId;
  readonly action: TaskAction;
  readonly data: TaskActionData;
}

/** By `system`: another referral reported that the client died. */
export interface EndForDeath {
  readonly type: 'end-for-death';
}

export interface UndoDeath {
  readonly type: 'undo-death';
  readonly reason: DeathUndoReason;
}

/** By `system`: how the client may be reached (`facts.contact`) has changed. */
export interface TellContact {
  readonly type: 'tell-contact';
}

export type ReferralCommand = { readonly caller: Caller } & (
  | CreateReferral
  | ChangeReferral
  | AddNeed
  | WithdrawReferral
  | SendReferral
  | EndForDeath
  | UndoDeath
  | TellContact
  | OfferNeed
  | SettleNeed
  | ProposeReroute
  | ReviewConsent
  | OpenPacket
  | AddAttachment
  | RemoveAttachment
  | RecordDelivery
  | TellNewInformation
  | FireTimer
  | ActOnTask
);
