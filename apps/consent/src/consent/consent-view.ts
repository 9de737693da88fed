import type { ConsentView, InstantText, OrganizationId } from '#contracts';
import { scopeOf, toRecord, type StoredConsent } from './consent.entity.ts';
import { assessmentOf } from '../validity/assessment.ts';
import { endOf } from '../validity/validity.ts';

/** The time of the read, the known owners of the client, and whether the reader sees that there is evidence. */
export interface Seen {
  readonly now: InstantText;
  readonly owners: readonly OrganizationId[];
  readonly evidence: boolean;
}

/** The consent as an authorised reader sees it. A coordinator does not see that there is evidence. */
export function toConsentView(stored: StoredConsent, seen: Seen): ConsentView {
  const { row } = stored;
  return {
    ...codesOf(stored, seen),
    expiresEvent: row.expires_event,
    signedName: row.signed_name,
    signer: row.signer,
    attestation: row.attestation && { ...row.attestation, witness: row.attestation.witness ?? null },
    statementVersion: row.statement_version,
  };
}

/** The consent in the answer to a command: stored for repeats, so no client data and no free text (contract.md §1). */
export function toConsentAnswer(stored: StoredConsent, seen: Seen): ConsentView {
  return codesOf(stored, seen);
}

function codesOf(stored: StoredConsent, seen: Seen): ConsentView {
  const { row, revocations } = stored;
  const record = toRecord(stored);
  const { validity, missing } = assessmentOf(record, { owners: seen.owners }, seen.now);
  return {
    consentId: row.consent_id,
    version: row.version,
    clientId: row.client_id,
    kind: row.kind,
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
    ...(seen.evidence ? { evidence: evidenceOf(stored) } : {}),
    language: row.language,
    signedAt: row.signed_at,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
    confirmedBy: row.confirmed_by,
    confirmedAt: row.confirmed_at,
    validity,
    validUntil: endOf(record),
    missing,
    revocations: revocations.map((each) => ({
      at: each.at,
      receivedAt: each.received_at,
      scope: each.whole ? null : scopeOf(each),
      method: each.method,
    })),
  };
}

function evidenceOf({ row }: StoredConsent): ConsentView['evidence'] {
  if (row.evidence_sha256 === null || row.evidence_type === null) return null;
  return { sha256: row.evidence_sha256, contentType: row.evidence_type };
}
