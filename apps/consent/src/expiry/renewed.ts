import type { InstantText } from '#contracts';
import type { ClientFacts, ConsentRecord } from '../consent/consent.ts';
import { permissionsOf } from '../permission/permission.ts';
import { endOf } from '../validity/validity.ts';

/** Tells whether something ends with this consent: a permission that no other, later-ending consent gives too. */
export function fallsWithEnd(
  record: ConsentRecord,
  all: readonly ConsentRecord[],
  facts: ClientFacts,
  now: InstantText,
): boolean {
  const end = endOf(record);
  if (end === null) return false;
  const later = all.filter((other) => other.consentId !== record.consentId && endsAfter(other, end));
  const stays = new Set(piecesOf(later, facts, now));
  return piecesOf([record], facts, now).some((piece) => !stays.has(piece));
}

function endsAfter(record: ConsentRecord, end: InstantText): boolean {
  const own = endOf(record);
  return own === null || own > end;
}

function piecesOf(records: readonly ConsentRecord[], facts: ClientFacts, now: InstantText): readonly string[] {
  return permissionsOf(records, facts, now).flatMap(({ recipientOrganizationId, purpose, direction, categories }) =>
    categories.map((category) => [recipientOrganizationId, purpose, direction, category].join(' ')),
  );
}
