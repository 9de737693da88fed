import type { ConsentValidity, InstantText } from '#contracts';
import type { ClientFacts, ConsentRecord } from '../consent/consent.ts';
import { missingOf, type Missing } from './completeness.ts';
import { validityOf } from './validity.ts';

/** The validity of a consent now, and what it lacks. */
export interface Assessment {
  readonly validity: ConsentValidity;
  readonly missing: readonly Missing[];
}

const ownerConfirmation: Missing = {
  element: 'owner-confirmation',
  rule: 'It authorises nothing until whoever recorded it is known to own the client, or the owner confirms it: POST /consents/:id/confirm',
};
const ownerDiscloses: Missing = {
  element: 'disclosers',
  rule: '42 CFR 2.31(a)(2): who may disclose; the organization that owns the client is not among them',
};

/**
 * Says what the consent authorises: a complete paper that the owner neither recorded nor confirmed is `unconfirmed`. The
 * result is the same whether another organization owns the client or no owner is known, so that it reveals nothing to a
 * stranger.
 */
export function assessmentOf(record: ConsentRecord, facts: Pick<ClientFacts, 'owners'>, now: InstantText): Assessment {
  const validity = validityOf(record, now);
  const missing = missingOf(record);
  if (validity === 'revoked' || validity === 'expired') return { validity, missing };
  if (isVouched(record, facts)) return { validity, missing };
  if (vouchers(record).some((id) => facts.owners.includes(id))) {
    return { validity: 'incomplete', missing: [...missing, ownerDiscloses] };
  }
  return {
    validity: validity === 'incomplete' ? validity : 'unconfirmed',
    missing: [...missing, ownerConfirmation],
  };
}

/** The organizations that vouch for the paper: the one that recorded it, and the owner who confirmed it. */
export function vouchers(
  record: Pick<ConsentRecord, 'recordedByOrganizationId' | 'confirmedByOrganizationId'>,
): readonly string[] {
  const { recordedByOrganizationId, confirmedByOrganizationId } = record;
  return confirmedByOrganizationId === null
    ? [recordedByOrganizationId]
    : [recordedByOrganizationId, confirmedByOrganizationId];
}

/** Tells whether an organization that may give this paper has recorded or confirmed it. */
export function isVouched(record: ConsentRecord, { owners }: Pick<ClientFacts, 'owners'>): boolean {
  const word = vouchers(record);
  if (word.some((id) => owners.includes(id) && (record.disclosers.includes(id) || record.kind === 'contact')))
    return true;
  // A return-path paper to the owner: the agency speaks for itself, the owner for the agencies that it names.
  const toOwner = record.kind === 'return-path' && record.recipients.some((id) => owners.includes(id));
  return toOwner && word.some((id) => owners.includes(id) || record.disclosers.includes(id));
}
