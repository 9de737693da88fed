import type {
  Category,
  ClientId,
  ConsentId,
  ConsentKind,
  ConsentMethod,
  DayText,
  Direction,
  EvidenceType,
  InstantText,
  NetworkId,
  OrganizationId,
  PersonId,
  Purpose,
  RecipientClass,
  ReturnPath,
  SignerRelation,
} from '#contracts';
import { instantColumn, tableOf } from '#persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConsentRecord, Revocation } from './consent.ts';

/** A consent as stored. The texts (`signed_name`, `signer`, `attestation`, `expires_event`) are client data. */
@Entity('consent')
export class ConsentRow {
  @PrimaryColumn('uuid') readonly consent_id!: ConsentId;
  @Column('uuid') readonly client_id!: ClientId;
  /** The client stream's version at the last change of this consent. */
  @Column('integer') readonly version!: number;
  @Column('text') readonly kind!: ConsentKind;
  @Column('uuid') readonly recorded_by!: PersonId;
  @Column('uuid') readonly recorded_by_organization_id!: OrganizationId;
  @Column('uuid') readonly network_id!: NetworkId;
  @Column('timestamptz', { transformer: instantColumn }) readonly recorded_at!: InstantText;
  @Column('uuid', { array: true }) readonly disclosers!: readonly OrganizationId[];
  @Column('uuid', { array: true }) readonly recipients!: readonly OrganizationId[];
  @Column('text', { nullable: true }) readonly recipient_class!: RecipientClass | null;
  @Column('uuid', { nullable: true }) readonly intermediary_id!: OrganizationId | null;
  @Column('text', { array: true }) readonly categories!: readonly Category[];
  @Column('text', { array: true }) readonly purposes!: readonly Purpose[];
  @Column('text', { array: true }) readonly directions!: readonly Direction[];
  @Column('text') readonly return_path!: ReturnPath;
  @Column('date', { nullable: true }) readonly expires_on!: DayText | null;
  @Column('text', { nullable: true }) readonly expires_event!: string | null;
  @Column('text', { nullable: true }) readonly signed_name!: string | null;
  @Column('jsonb', { nullable: true }) readonly signer!: StoredSigner | null;
  @Column('text') readonly method!: ConsentMethod;
  @Column('jsonb', { nullable: true }) readonly attestation!: StoredAttestation | null;
  @Column('text', { nullable: true }) readonly evidence_sha256!: string | null;
  @Column('text', { nullable: true }) readonly evidence_type!: EvidenceType | null;
  @Column('text', { nullable: true }) readonly statement_version!: string | null;
  @Column('text', { nullable: true }) readonly language!: string | null;
  @Column('timestamptz', { nullable: true, transformer: instantColumn }) readonly signed_at!: InstantText | null;
  /** When `consent.expired` was published, so that it is published once. Validity is not read from it. */
  @Column('timestamptz', { nullable: true, transformer: instantColumn }) readonly expiry_told_at!: InstantText | null;
  /** Codes of validity/contradictions.ts. */
  @Column('text', { array: true }) readonly contradictions!: readonly string[];
  @Column('uuid', { nullable: true }) readonly confirmed_by!: PersonId | null;
  @Column('uuid', { nullable: true }) readonly confirmed_by_organization_id!: OrganizationId | null;
  @Column('timestamptz', { nullable: true, transformer: instantColumn }) readonly confirmed_at!: InstantText | null;
}

interface StoredSigner {
  readonly relation: SignerRelation | null;
  readonly name: string | null;
}

interface StoredAttestation {
  readonly script: string | null;
  readonly at: InstantText | null;
  readonly witness?: string | null;
}

@Entity('consent_revocation')
export class RevocationRow {
  @PrimaryColumn('uuid') readonly revocation_id!: string;
  @Column('uuid') readonly consent_id!: ConsentId;
  @Column('uuid') readonly client_id!: ClientId;
  @Column('timestamptz', { transformer: instantColumn }) readonly at!: InstantText;
  @Column('timestamptz', { transformer: instantColumn }) readonly received_at!: InstantText;
  @Column('text') readonly method!: ConsentMethod;
  @Column('boolean') readonly whole!: boolean;
  @Column('uuid', { array: true, nullable: true }) readonly recipients!: readonly OrganizationId[] | null;
  @Column('text', { array: true, nullable: true }) readonly categories!: readonly Category[] | null;
  @Column('text', { array: true, nullable: true }) readonly directions!: readonly Direction[] | null;
  @Column('text', { array: true, nullable: true }) readonly purposes!: readonly Purpose[] | null;
  @Column('uuid') readonly recorded_by!: PersonId;
  @Column('uuid') readonly recorded_by_organization_id!: OrganizationId;
}

export const consentTable = tableOf(ConsentRow);
export const revocationTable = tableOf(RevocationRow);

/** A consent with its revocations, oldest first. */
export interface StoredConsent {
  readonly row: ConsentRow;
  readonly revocations: readonly RevocationRow[];
}

/** The part that the rules see: which texts exist, but not the texts. */
export function toRecord({ row, revocations }: StoredConsent): ConsentRecord {
  return {
    consentId: row.consent_id,
    clientId: row.client_id,
    kind: row.kind,
    recordedByOrganizationId: row.recorded_by_organization_id,
    confirmedByOrganizationId: row.confirmed_by_organization_id,
    networkId: row.network_id,
    recordedAt: row.recorded_at,
    disclosers: row.disclosers,
    recipients: row.recipients,
    recipientClass: row.recipient_class,
    intermediaryId: row.intermediary_id,
    categories: row.categories,
    purposes: row.purposes,
    directions: row.directions,
    returnPath: row.return_path,
    expiresOn: row.expires_on,
    method: row.method,
    signedAt: row.signed_at,
    stated: {
      signedName: row.signed_name !== null,
      signer: isWhole(row.signer?.relation, row.signer?.name),
      statement: row.statement_version !== null,
      language: row.language !== null,
      attestation: isWhole(row.attestation?.script, row.attestation?.at),
      evidence: row.evidence_sha256 !== null,
      expiresEvent: row.expires_event !== null,
    },
    contradictions: row.contradictions,
    revocations: revocations.map(toRevocation),
  };
}

/**
 * An incomplete signer, or a time without the words that were read out, is stored as typed and does not count as an
 * element.
 */
function isWhole(...parts: readonly (string | null | undefined)[]): boolean {
  return parts.every((part) => typeof part === 'string');
}

function toRevocation(row: RevocationRow): Revocation {
  return { at: row.at, scope: row.whole ? null : scopeOf(row) };
}

/** The content of a partial revocation. */
export function scopeOf(row: RevocationRow): NonNullable<Revocation['scope']> {
  return {
    recipients: row.recipients,
    categories: row.categories,
    directions: row.directions,
    purposes: row.purposes,
  };
}
