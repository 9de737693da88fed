import { categories, type Category } from '../codes/category.ts';
import { consentKinds, type ConsentKind } from '../codes/consent-kind.ts';
import { consentMethods, type ConsentMethod } from '../codes/consent-method.ts';
import { directions, type Direction } from '../codes/direction.ts';
import { evidenceTypes, type EvidenceType } from '../codes/evidence-type.ts';
import { purposes, type Purpose } from '../codes/purpose.ts';
import { recipientClasses, type RecipientClass } from '../codes/recipient-class.ts';
import { returnPaths, type ReturnPath } from '../codes/return-path.ts';
import { signerRelations, type SignerRelation } from '../codes/signer-relation.ts';
import { Code, Day, Id, Instant, Nested, Text } from '../fields.ts';
import { LanguageTag } from '../fields/person/person-fields.ts';
import { fileMaxCharacters } from '../file-limits.ts';
import type { ClientId, DayText, InstantText, OrganizationId } from '../ids.ts';

/**
 * Who signed, and by which right. An incomplete pair is stored and makes the consent `incomplete`, so that no input is
 * lost.
 */
export class ConsentSigner {
  @Code(signerRelations, { optional: true }) readonly relation?: SignerRelation | null;
  @Text({ maxLength: 200, optional: true, blanks: true }) readonly name?: string | null;
}

/**
 * A spoken consent: the words that were read out and when (without both it is `incomplete`), and who else listened to the
 * answer.
 */
export class ConsentAttestation {
  @Text({ optional: true, blanks: true }) readonly script?: string | null;
  @Instant({ optional: true, window: 'happened' }) readonly at?: InstantText | null;
  @Text({ maxLength: 200, optional: true, blanks: true }) readonly witness?: string | null;
}

/** The signed paper. `sha256` (hex) is compared with the bytes; the bytes are stored and never returned. */
export class ConsentEvidence {
  @Text({ maxLength: 64, format: 'sha256' }) readonly sha256!: string;
  @Code(evidenceTypes) readonly contentType!: EvidenceType;
  @Text({ maxLength: fileMaxCharacters, format: 'base64' }) readonly base64!: string;
}

/**
 * `POST /api/consent/consents`. If the same organization recorded an equal paper within the last ten minutes, the answer
 * is 200 with that consent and `alreadyRecorded`. Only client, kind and method are required. If the body lacks anything
 * else that the kind requires, the consent is `incomplete`: it is stored and authorises nothing.
 */
export class RecordConsent {
  @Id() readonly clientId!: ClientId;
  @Code(consentKinds) readonly kind!: ConsentKind;
  @Id({ list: true, optional: true }) readonly disclosers?: readonly OrganizationId[] | null;
  @Id({ list: true, optional: true }) readonly recipients?: readonly OrganizationId[] | null;
  @Code(recipientClasses, { optional: true }) readonly recipientClass?: RecipientClass | null;
  @Id({ optional: true }) readonly intermediaryId?: OrganizationId | null;
  @Code(categories, { list: true, optional: true }) readonly categories?: readonly Category[] | null;
  @Code(purposes, { list: true, optional: true }) readonly purposes?: readonly Purpose[] | null;
  @Code(directions, { list: true, optional: true }) readonly directions?: readonly Direction[] | null;
  @Code(returnPaths, { optional: true }) readonly returnPath?: ReturnPath | null;
  @Day({ optional: true, window: 'ends' }) readonly expiresOn?: DayText | null;
  @Text({ maxLength: 400, optional: true, blanks: true }) readonly expiresEvent?: string | null;
  @Text({ maxLength: 200, optional: true, blanks: true }) readonly signedName?: string | null;
  @Nested(() => ConsentSigner, { optional: true }) readonly signer?: ConsentSigner | null;
  @Code(consentMethods) readonly method!: ConsentMethod;
  @Nested(() => ConsentAttestation, { optional: true }) readonly attestation?: ConsentAttestation | null;
  @Nested(() => ConsentEvidence, { optional: true }) readonly evidence?: ConsentEvidence | null;
  @Text({ maxLength: 60, optional: true, blanks: true }) readonly statementVersion?: string | null;
  @LanguageTag({ optional: true }) readonly language?: string | null;
  @Instant({ optional: true, window: 'happened' }) readonly signedAt?: InstantText | null;
}

/** What a partial revocation takes back: everything that matches every given list. A list left out means all. */
export class RevocationScope {
  @Id({ list: true, min: 1, optional: true }) readonly recipients?: readonly OrganizationId[] | null;
  @Code(categories, { list: true, min: 1, optional: true }) readonly categories?: readonly Category[] | null;
  @Code(directions, { list: true, min: 1, optional: true }) readonly directions?: readonly Direction[] | null;
  @Code(purposes, { list: true, min: 1, optional: true }) readonly purposes?: readonly Purpose[] | null;
}

/**
 * `POST /api/consent/consents/:id/revoke`. No scope = the whole consent. A future `receivedAt` is refused together with
 * the other faults.
 */
export class RevokeConsent {
  @Code(consentMethods) readonly method!: ConsentMethod;
  @Instant({ window: 'sensible' }) readonly receivedAt!: InstantText;
  @Nested(() => RevocationScope, { optional: true }) readonly scope?: RevocationScope | null;
}

/**
 * `POST /api/consent/consents/revoke-all`: takes back everything of this client that the caller's organization may
 * revoke, in one command. The answer names what still authorises.
 */
export class RevokeAllConsents {
  @Id() readonly clientId!: ClientId;
  @Code(consentMethods) readonly method!: ConsentMethod;
  @Instant({ window: 'happened' }) readonly receivedAt!: InstantText;
}

/**
 * `POST /api/consent/consents/:id/confirm`: the client's owner, named as discloser, confirms a paper that others
 * recorded.
 */
export class ConfirmConsent {}

/** `POST /api/consent/decisions`: what would be allowed, and why. It only explains; it authorises nothing. */
export class AskDecision {
  @Id() readonly clientId!: ClientId;
  @Id() readonly recipientOrganizationId!: OrganizationId;
  @Code(categories, { list: true, min: 1 }) readonly categories!: readonly Category[];
  @Code(purposes) readonly purpose!: Purpose;
  @Code(directions) readonly direction!: Direction;
}
