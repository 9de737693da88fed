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
import { recordedTable } from '#events';
import { statement, type Tx } from '#persistence';
import type { ConsentRecord, Revocation } from './consent.ts';

/** A consent as stored. The texts (`signed_name`, `signer`, `attestation`, `expires_event`) are client data. */
export interface ConsentRow {
  readonly consent_id: ConsentId;
  readonly client_id: ClientId;
  /** The client stream's version at the last change of this consent. */
  readonly version: number;
  readonly kind: ConsentKind;
  readonly recorded_by: PersonId;
  readonly recorded_by_organization_id: OrganizationId;
  readonly network_id: NetworkId;
  readonly recorded_at: InstantText;
  readonly disclosers: readonly OrganizationId[];
  readonly recipients: readonly OrganizationId[];
  readonly recipient_class: RecipientClass | null;
  readonly intermediary_id: OrganizationId | null;
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
  readonly directions: readonly Direction[];
  readonly return_path: ReturnPath;
  readonly expires_on: DayText | null;
  readonly expires_event: string | null;
  readonly signed_name: string | null;
  readonly signer: { readonly relation: SignerRelation | null; readonly name: string | null } | null;
  readonly method: ConsentMethod;
  readonly attestation: {
    readonly script: string | null;
    readonly at: InstantText | null;
    readonly witness?: string | null;
  } | null;
  readonly evidence_sha256: string | null;
  readonly evidence_type: EvidenceType | null;
  readonly statement_version: string | null;
  readonly language: string | null;
  readonly signed_at: InstantText | null;
  /** When `consent.expired` was published, so that it is published once. Validity is not read from it. */
  readonly expiry_told_at: InstantText | null;
  /** Codes of validity/contradictions.ts. */
  readonly contradictions: readonly string[];
  readonly confirmed_by: PersonId | null;
  readonly confirmed_by_organization_id: OrganizationId | null;
  readonly confirmed_at: InstantText | null;
}

export interface RevocationRow {
  readonly revocation_id: string;
  readonly consent_id: ConsentId;
  readonly client_id: ClientId;
  readonly at: InstantText;
  readonly received_at: InstantText;
  readonly method: ConsentMethod;
  readonly whole: boolean;
  readonly recipients: readonly OrganizationId[] | null;
  readonly categories: readonly Category[] | null;
  readonly directions: readonly Direction[] | null;
  readonly purposes: readonly Purpose[] | null;
  readonly recorded_by: PersonId;
  readonly recorded_by_organization_id: OrganizationId;
}

/** A consent with its revocations, oldest first. */
export interface StoredConsent {
  readonly row: ConsentRow;
  readonly revocations: readonly RevocationRow[];
}

export const consentTable = recordedTable({
  name: 'consent',
  key: ['consent_id'],
  columns: [
    ...['consent_id', 'client_id', 'version', 'kind', 'recorded_by', 'recorded_by_organization_id', 'network_id'],
    ...['recorded_at', 'disclosers', 'recipients', 'recipient_class', 'intermediary_id', 'categories', 'purposes'],
    ...['directions', 'return_path', 'expires_on', 'expires_event', 'signed_name', 'signer', 'method', 'attestation'],
    ...['evidence_sha256', 'evidence_type', 'statement_version', 'language', 'signed_at', 'expiry_told_at'],
    ...['contradictions', 'confirmed_by', 'confirmed_by_organization_id', 'confirmed_at'],
  ],
});

export const revocationTable = recordedTable({
  name: 'consent_revocation',
  key: ['revocation_id'],
  columns: [
    ...['revocation_id', 'consent_id', 'client_id', 'at', 'received_at', 'method', 'whole', 'recipients'],
    ...['categories', 'directions', 'purposes', 'recorded_by', 'recorded_by_organization_id'],
  ],
});

const revocationsOfConsents = statement(
  'revocations of consents',
  'select * from consent_revocation where consent_id = any ($1::uuid[]) order by at, revocation_id',
).reads<RevocationRow>();

/** The rows with their revocations, as far as the transaction's scope sees them. */
export async function withRevocations(tx: Tx, rows: readonly ConsentRow[]): Promise<readonly StoredConsent[]> {
  if (rows.length === 0) return [];
  const found = await tx.query(revocationsOfConsents, [rows.map((row) => row.consent_id)]);
  const byConsent = Map.groupBy(found, (each) => each.consent_id);
  return rows.map((row) => ({ row, revocations: byConsent.get(row.consent_id) ?? [] }));
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
