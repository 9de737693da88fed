import type { InstantText } from '#contracts';
import { isRevoked } from '../validity/validity.ts';
import { toRecord, type ConsentRow, type StoredConsent } from './consent.entity.ts';

/** Within this time an equal paper is the same paper sent twice: a form saved again, or a lost answer. */
const sameWithinMs = 10 * 60_000;

/**
 * Finds the consent with the same content that the same organization recorded in the last minutes and has not revoked.
 * Instants may differ by the same time, because a form sent again may contain a later one.
 */
export function equalPaper(consents: readonly StoredConsent[], row: ConsentRow): StoredConsent | undefined {
  return consents.find(
    (stored) =>
      stored.row.recorded_by_organization_id === row.recorded_by_organization_id &&
      isNear(stored.row.recorded_at, row.recorded_at) &&
      isNear(stored.row.signed_at, row.signed_at) &&
      isNear(stored.row.attestation?.at ?? null, row.attestation?.at ?? null) &&
      termsOf(stored.row) === termsOf(row) &&
      !isRevoked(toRecord(stored)) &&
      stored.revocations.length === 0,
  );
}

function isNear(one: InstantText | null, other: InstantText | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.abs(Date.parse(one) - Date.parse(other)) <= sameWithinMs;
}

function termsOf(row: ConsentRow): string {
  const sets = [row.disclosers, row.recipients, row.categories, row.purposes, row.directions];
  return JSON.stringify([
    row.kind,
    ...sets.map((list) => [...list].sort()),
    row.recipient_class,
    row.intermediary_id,
    row.return_path,
    row.expires_on,
    row.expires_event,
    row.signed_name,
    row.signer === null ? null : [row.signer.relation, row.signer.name],
    row.method,
    row.attestation === null ? null : [row.attestation.script, row.attestation.witness ?? null],
    row.evidence_sha256,
    row.statement_version,
    row.language,
  ]);
}
