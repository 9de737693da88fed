import type { ConsentView, InstantText } from '#contracts';
import { missingOf } from '../validity/completeness.ts';
import { scopeOf, toRecord, type StoredConsent } from './consent.entity.ts';
import { endOf, validityOf } from '../validity/validity.ts';

/** The consent as one who may read it sees it. `evidence`: a coordinator does not see that there is any. */
export function toConsentView(stored: StoredConsent, now: InstantText, evidence: boolean): ConsentView {
  const { row } = stored;
  return {
    ...codesOf(stored, now, evidence),
    expiresEvent: row.expires_event,
    signedName: row.signed_name,
    signer: row.signer,
    attestation: row.attestation && { ...row.attestation, witness: row.attestation.witness ?? null },
    statementVersion: row.statement_version,
  };
}

/** The consent in the answer to a command: it is stored for repeats, so no client data and no free text (contract.md §1). */
export function toConsentAnswer(stored: StoredConsent, now: InstantText, evidence: boolean): ConsentView {
  return codesOf(stored, now, evidence);
}

function codesOf(stored: StoredConsent, now: InstantText, evidence: boolean): ConsentView {
  const { row, revocations } = stored;
  const record = toRecord(stored);
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
    ...(evidence ? { evidence: evidenceOf(stored) } : {}),
    language: row.language,
    signedAt: row.signed_at,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
    validity: validityOf(record, now),
    validUntil: endOf(record),
    missing: missingOf(record),
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
