import { riverCounty, seedOrganizationId, type OrganizationId } from '#contracts';
import type { ClientFacts, ConsentRecord, Revocation } from '../consent/consent.ts';

/** Records and facts for specs: one complete consent, which each spec changes for its own case. */
export const hospital = seedOrganizationId('st-brigid');
export const harbor = seedOrganizationId('harbor-house');
export const openDoor = seedOrganizationId('open-door');
export const lakeside = seedOrganizationId('lakeside');
export const council = seedOrganizationId('river-council');
export const clientId = '0190a0c0-0000-7000-8000-00090000c1e0';
export const signedAt = '2026-11-20T09:00:00.000Z';
export const now = '2026-11-24T09:00:00.000Z';

export function consentIdOf(number: number): string {
  return `0190a0c0-0000-7000-8000-000a${number.toString(16).padStart(8, '0')}`;
}

export function consent(changes: Partial<ConsentRecord> = {}): ConsentRecord {
  return {
    consentId: consentIdOf(1),
    clientId,
    kind: 'named-recipient',
    recordedByOrganizationId: hospital,
    confirmedByOrganizationId: null,
    networkId: riverCounty.networkId,
    recordedAt: '2026-11-20T10:00:00.000Z',
    disclosers: [hospital],
    recipients: [harbor],
    recipientClass: null,
    intermediaryId: null,
    categories: ['core-contact', 'stated-need'],
    purposes: ['care-coordination'],
    directions: ['send', 'return'],
    returnPath: 'status',
    expiresOn: '2027-05-31',
    method: 'e-signature',
    signedAt,
    stated: {
      signedName: true,
      signer: true,
      statement: true,
      language: true,
      attestation: false,
      evidence: false,
      expiresEvent: false,
    },
    contradictions: [],
    revocations: [],
    ...changes,
  };
}

export function without(record: ConsentRecord, ...stated: (keyof ConsentRecord['stated'])[]): ConsentRecord {
  const gone = Object.fromEntries(stated.map((element) => [element, false]));
  return { ...record, stated: { ...record.stated, ...gone } };
}

export function withStated(record: ConsentRecord, ...stated: (keyof ConsentRecord['stated'])[]): ConsentRecord {
  const there = Object.fromEntries(stated.map((element) => [element, true]));
  return { ...record, stated: { ...record.stated, ...there } };
}

export function revocation(scope: Partial<NonNullable<Revocation['scope']>> | null = null): Revocation {
  const all = { recipients: null, categories: null, directions: null, purposes: null };
  return { at: '2026-11-23T09:00:00.000Z', scope: scope === null ? null : { ...all, ...scope } };
}

/** The hospital owns the client; the hospital and Lakeside treat, the housing agencies do not. */
export function facts(owners: readonly OrganizationId[] = [hospital]): ClientFacts {
  return { owners, treating: new Map([[riverCounty.networkId, new Set([hospital, lakeside])]]) };
}
