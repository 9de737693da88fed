import { categories, type Category } from '../codes/category.ts';
import { consentElements, type ConsentElement } from '../codes/consent-element.ts';
import { consentKinds, type ConsentKind } from '../codes/consent-kind.ts';
import { consentMethods, type ConsentMethod } from '../codes/consent-method.ts';
import { consentValidities, type ConsentValidity } from '../codes/consent-validity.ts';
import { decisionBecause, type DecisionBecause } from '../codes/decision-because.ts';
import { directions, type Direction } from '../codes/direction.ts';
import { disclosureKinds, type DisclosureKind } from '../codes/disclosure-kind.ts';
import { evidenceTypes, type EvidenceType } from '../codes/evidence-type.ts';
import { noticeCodes, type NoticeCode } from '../codes/notice.ts';
import { purposes, type Purpose } from '../codes/purpose.ts';
import { recipientClasses, type RecipientClass } from '../codes/recipient-class.ts';
import { returnPaths, type ReturnPath } from '../codes/return-path.ts';
import { accessEndCauses, type AccessEndCause } from '../referrals/access.events.ts';
import { Code, Count, Day, Flag, Id, Instant, Nested, Text } from '../fields.ts';
import { LanguageTag } from '../fields/person/person-fields.ts';
import type {
  AttachmentId,
  ClientId,
  ConsentId,
  ConsentRequestId,
  DayText,
  DisclosureId,
  InstantText,
  OrganizationId,
  PersonId,
  ReferralId,
  TaskId,
} from '../ids.ts';
import { ConsentAttestation, ConsentSigner } from './consent.commands.ts';

/** An element that the kind requires and the record lacks, with the rule that requires it. */
export class MissingElement {
  @Code(consentElements) readonly element!: ConsentElement;
  @Text({ maxLength: 200 }) readonly rule!: string;
}

export class RevocationScopeView {
  @Id({ list: true, optional: true }) readonly recipients!: readonly OrganizationId[] | null;
  @Code(categories, { list: true, optional: true }) readonly categories!: readonly Category[] | null;
  @Code(directions, { list: true, optional: true }) readonly directions!: readonly Direction[] | null;
  @Code(purposes, { list: true, optional: true }) readonly purposes!: readonly Purpose[] | null;
}

/** `at`: when it was recorded and took effect; `scope` null = the whole consent. */
export class RevocationView {
  @Instant() readonly at!: InstantText;
  @Instant() readonly receivedAt!: InstantText;
  @Nested(() => RevocationScopeView, { optional: true }) readonly scope!: RevocationScopeView | null;
  @Code(consentMethods) readonly method!: ConsentMethod;
}

export class EvidenceView {
  @Text({ maxLength: 64, format: 'sha256' }) readonly sha256!: string;
  @Code(evidenceTypes) readonly contentType!: EvidenceType;
}

/** Another consent that allows (a part of) the same. */
export class StillAuthorised {
  @Id() readonly consentId!: ConsentId;
  @Id({ list: true }) readonly recipients!: readonly OrganizationId[];
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes, { list: true }) readonly purposes!: readonly Purpose[];
  @Code(directions, { list: true }) readonly directions!: readonly Direction[];
}

/**
 * A consent as the caller may read it. `version` is the client stream's version at the last change of this consent. In
 * the answer to a command `signedName`, `signer`, `attestation`, `expiresEvent` and `statementVersion` are absent (client
 * data, free text); for a coordinator `evidence` is absent.
 */
export class ConsentView {
  @Id() readonly consentId!: ConsentId;
  @Count() readonly version!: number;
  @Id() readonly clientId!: ClientId;
  @Code(consentKinds) readonly kind!: ConsentKind;
  @Id({ list: true }) readonly disclosers!: readonly OrganizationId[];
  @Id({ list: true }) readonly recipients!: readonly OrganizationId[];
  @Code(recipientClasses, { optional: true }) readonly recipientClass!: RecipientClass | null;
  @Id({ optional: true }) readonly intermediaryId!: OrganizationId | null;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes, { list: true }) readonly purposes!: readonly Purpose[];
  @Code(directions, { list: true }) readonly directions!: readonly Direction[];
  @Code(returnPaths) readonly returnPath!: ReturnPath;
  @Day({ optional: true }) readonly expiresOn!: DayText | null;
  @Text({ optional: true }) readonly expiresEvent?: string | null;
  @Text({ optional: true }) readonly signedName?: string | null;
  @Nested(() => ConsentSigner, { optional: true }) readonly signer?: ConsentSigner | null;
  @Code(consentMethods) readonly method!: ConsentMethod;
  @Nested(() => ConsentAttestation, { optional: true }) readonly attestation?: ConsentAttestation | null;
  @Nested(() => EvidenceView, { optional: true }) readonly evidence?: EvidenceView | null;
  @Text({ optional: true }) readonly statementVersion?: string | null;
  @LanguageTag({ optional: true }) readonly language!: string | null;
  @Instant({ optional: true }) readonly signedAt!: InstantText | null;
  @Id() readonly recordedBy!: PersonId;
  @Instant() readonly recordedAt!: InstantText;
  /** The owner's person who confirmed a paper that another organization recorded. */
  @Id({ optional: true }) readonly confirmedBy!: PersonId | null;
  @Instant({ optional: true }) readonly confirmedAt!: InstantText | null;
  /**
   * What it authorises now. `incomplete`: `missing` names each element and rule. `unconfirmed`: complete, but recorded by
   * an organization that is not (yet) known to own the client; it authorises nothing until that is known or the owner
   * confirms it.
   */
  @Code(consentValidities) readonly validity!: ConsentValidity;
  /**
   * When it expires (exclusive): the day after `expiresOn`, or after 30 days if it names domestic-violence without an
   * end.
   */
  @Instant({ optional: true }) readonly validUntil!: InstantText | null;
  @Nested(() => MissingElement, { list: true }) readonly missing!: readonly MissingElement[];
  @Nested(() => RevocationView, { list: true }) readonly revocations!: readonly RevocationView[];
  /** In the answer to a revocation: what other consents still authorise of the revoked part. Empty: nothing. */
  @Nested(() => StillAuthorised, { list: true, optional: true }) readonly stillAuthorised?: readonly StillAuthorised[];
  /**
   * In the answer to a recording: an equal paper was recorded minutes ago. This is that consent; nothing was stored
   * again.
   */
  @Flag({ optional: true }) readonly alreadyRecorded?: boolean;
}

/** `POST /api/consent/consents/revoke-all`: what was revoked, and what still authorises for this client. */
export class RevokedAllView {
  @Id() readonly clientId!: ClientId;
  @Id({ list: true, max: 1000 }) readonly revokedIds!: readonly ConsentId[];
  @Nested(() => StillAuthorised, { list: true, max: 1000 }) readonly stillAuthorised!: readonly StillAuthorised[];
}

export class CategoryDecision {
  @Code(categories) readonly category!: Category;
  @Flag() readonly allowed!: boolean;
  @Id({ list: true }) readonly consentIds!: readonly ConsentId[];
  @Code(decisionBecause) readonly because!: DecisionBecause;
}

export class DecisionView {
  @Nested(() => CategoryDecision, { list: true }) readonly categories!: readonly CategoryDecision[];
  @Code(returnPaths) readonly returnPath!: ReturnPath;
  @Instant() readonly asOf!: InstantText;
}

/** A Task that waits for its sender to obtain consent. */
export class ConsentRequestView {
  @Id() readonly requestId!: ConsentRequestId;
  @Id() readonly clientId!: ClientId;
  @Id() readonly taskId!: TaskId;
  @Id({ optional: true }) readonly recipientOrganizationId!: OrganizationId | null;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes) readonly purpose!: Purpose;
  @Instant() readonly openedAt!: InstantText;
  @Instant({ optional: true }) readonly closedAt!: InstantText | null;
}

/**
 * One entry of the disclosure ledger. Only `opened` and `label-shown` have `disclosureId` and `readerId` (`label-shown`:
 * who a client is, in a list or a search, once a day for each reader). `attachmentIds` are those whose bytes were handed
 * over. `cause` says why an access ended; null for other kinds and in older entries.
 */
export class DisclosureEntryView {
  @Id() readonly entryId!: string;
  @Id({ optional: true }) readonly disclosureId!: DisclosureId | null;
  @Code(disclosureKinds) readonly kind!: DisclosureKind;
  @Code(directions) readonly direction!: Direction;
  @Instant() readonly at!: InstantText;
  @Id() readonly clientId!: ClientId;
  @Id() readonly referralId!: ReferralId;
  @Id() readonly taskId!: TaskId;
  @Id() readonly fromOrganizationId!: OrganizationId;
  @Id() readonly toOrganizationId!: OrganizationId;
  @Id({ optional: true }) readonly readerId!: PersonId | null;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes) readonly purpose!: Purpose;
  @Id({ list: true }) readonly consentIds!: readonly ConsentId[];
  @Code(noticeCodes, { list: true }) readonly noticeCodes!: readonly NoticeCode[];
  @Id({ list: true }) readonly attachmentIds!: readonly AttachmentId[];
  @Code(accessEndCauses, { optional: true }) readonly cause!: AccessEndCause | null;
}
