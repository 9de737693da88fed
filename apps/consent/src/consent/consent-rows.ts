import type { Actor } from '#access';
import type { ConsentId, InstantText, RecordConsent, RevokeConsent } from '#contracts';
import { contradictionsIn, type SignerAge, type Wording } from '../validity/contradictions.ts';
import type { ConsentRow, RevocationRow, StoredConsent } from './consent.entity.ts';

/** The row of a newly recorded consent. Missing input is empty or null, and makes the consent incomplete. */
export function newConsentRow(
  body: RecordConsent,
  actor: Actor,
  made: {
    readonly consentId: ConsentId;
    readonly version: number;
    readonly now: InstantText;
    readonly age: SignerAge;
  },
): ConsentRow {
  const stated = statedBy(body);
  return {
    consent_id: made.consentId,
    client_id: body.clientId,
    version: made.version,
    kind: body.kind,
    recorded_by: actor.personId,
    recorded_by_organization_id: actor.organizationId,
    network_id: actor.networkId,
    recorded_at: made.now,
    method: body.method,
    expiry_told_at: null,
    confirmed_by: null,
    confirmed_by_organization_id: null,
    confirmed_at: null,
    ...permittedBy(body),
    ...stated,
    contradictions: contradictionsIn(wordingOf(stated), made.age),
  };
}

/** The row of a revocation: in effect from `now`, whenever it was received. */
export function newRevocationRow(
  body: RevokeConsent,
  actor: Actor,
  made: { readonly before: StoredConsent; readonly revocationId: string; readonly now: InstantText },
): RevocationRow {
  const { row } = made.before;
  const scope = body.scope ?? null;
  return {
    revocation_id: made.revocationId,
    consent_id: row.consent_id,
    client_id: row.client_id,
    at: made.now,
    received_at: body.receivedAt,
    method: body.method,
    whole: scope === null,
    recipients: scope?.recipients ?? null,
    categories: scope?.categories ?? null,
    directions: scope?.directions ?? null,
    purposes: scope?.purposes ?? null,
    recorded_by: actor.personId,
    recorded_by_organization_id: actor.organizationId,
  };
}

function wordingOf(stated: Stated): Wording {
  return {
    signedName: stated.signed_name,
    signer: stated.signer,
    statementVersion: stated.statement_version,
    expiresEvent: stated.expires_event,
    expiresOn: stated.expires_on,
    attestation: stated.attestation,
    signedAt: stated.signed_at,
  };
}

function attestationOf({ attestation }: RecordConsent): ConsentRow['attestation'] {
  if (attestation === null || attestation === undefined) return null;
  return { script: attestation.script ?? null, at: attestation.at ?? null, witness: attestation.witness ?? null };
}

type Permitted = Pick<
  ConsentRow,
  | 'disclosers'
  | 'recipients'
  | 'recipient_class'
  | 'intermediary_id'
  | 'categories'
  | 'purposes'
  | 'directions'
  | 'return_path'
>;

/** What the paper permits to whom. */
function permittedBy(body: RecordConsent): Permitted {
  const directions = body.directions ?? [];
  return {
    disclosers: body.disclosers ?? [],
    recipients: body.recipients ?? [],
    recipient_class: body.recipientClass ?? null,
    intermediary_id: body.intermediaryId ?? null,
    categories: body.categories ?? [],
    purposes: body.purposes ?? [],
    directions,
    // domain.md §3: if data may come back and nothing else is said, only the status
    return_path: body.returnPath ?? (directions.includes('return') ? 'status' : 'none'),
  };
}

type Stated = Pick<
  ConsentRow,
  | 'expires_on'
  | 'expires_event'
  | 'signed_name'
  | 'signer'
  | 'attestation'
  | 'evidence_sha256'
  | 'evidence_type'
  | 'statement_version'
  | 'language'
  | 'signed_at'
>;

/** The formal elements of a consent: who signed what, when, and until when. */
function statedBy(body: RecordConsent): Stated {
  return {
    expires_on: body.expiresOn ?? null,
    expires_event: body.expiresEvent ?? null,
    signed_name: body.signedName ?? null,
    signer: body.signer ? { relation: body.signer.relation ?? null, name: body.signer.name ?? null } : null,
    attestation: attestationOf(body),
    evidence_sha256: body.evidence?.sha256 ?? null,
    evidence_type: body.evidence?.contentType ?? null,
    statement_version: body.statementVersion ?? null,
    language: body.language ?? null,
    signed_at: body.signedAt ?? null,
  };
}
