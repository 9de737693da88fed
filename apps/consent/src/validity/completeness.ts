import type { ConsentElement, ConsentKind } from '#contracts';
import { brokenBy } from './contradictions.ts';
import { needsWriting, type ConsentRecord } from '../consent/consent.ts';

/** An element that the record's kind requires and the record lacks, with the rule that requires it. */
export interface Missing {
  readonly element: ConsentElement;
  readonly rule: string;
}

interface ElementRule extends Missing {
  readonly kinds: readonly ConsentKind[];
  readonly lacks: (record: ConsentRecord) => boolean;
}

const every: readonly ConsentKind[] = [
  'named-recipient',
  'treatment-payment-operations',
  'return-path',
  'contact',
  'general-attestation',
];
/** Contact (SMS, e-mail, hours) discloses nothing, so it needs no recipient, category or purpose (domain.md §3). */
const disclosing = every.filter((kind) => kind !== 'contact');
const byName = disclosing.filter((kind) => kind !== 'treatment-payment-operations');

/** What each kind requires, as data: the elements of 42 CFR 2.31(a) and 45 CFR 164.508(c), and VAWA's written form. */
const rules: readonly ElementRule[] = [
  {
    element: 'signed-name',
    rule: '42 CFR 2.31(a)(1): the name of the client',
    kinds: every,
    lacks: (record) => !record.stated.signedName,
  },
  {
    element: 'disclosers',
    rule: '42 CFR 2.31(a)(2), 45 CFR 164.508(c)(1)(ii): who may disclose',
    kinds: disclosing,
    lacks: (record) => record.disclosers.length === 0,
  },
  {
    element: 'categories',
    rule: '42 CFR 2.31(a)(3), 45 CFR 164.508(c)(1)(i): how much and what kind of information',
    kinds: disclosing,
    lacks: (record) => record.categories.length === 0,
  },
  {
    element: 'recipients',
    rule: '42 CFR 2.31(a)(4)(i), 45 CFR 164.508(c)(1)(iii): the recipients by name',
    kinds: byName,
    lacks: (record) => record.recipients.length === 0,
  },
  {
    element: 'recipients',
    rule: '42 CFR 2.31(a)(4)(i): the recipients by name or, for treatment, payment and operations, by class',
    kinds: ['treatment-payment-operations'],
    lacks: (record) => record.recipients.length === 0 && record.recipientClass === null,
  },
  {
    element: 'purposes',
    rule: '42 CFR 2.31(a)(5), 45 CFR 164.508(c)(1)(iv): the purpose',
    kinds: disclosing,
    lacks: (record) => record.purposes.length === 0,
  },
  {
    element: 'directions',
    rule: 'domain.md §3: sending is not permission to report back',
    kinds: disclosing,
    lacks: (record) => record.directions.length === 0,
  },
  {
    element: 'return-path',
    rule: 'domain.md §3: what the agency may report back',
    kinds: ['return-path'],
    lacks: (record) => record.returnPath === 'none' || !record.directions.includes('return'),
  },
  {
    element: 'statement',
    rule: '42 CFR 2.31(a)(6), 45 CFR 164.508(c)(2)(i): the right to revoke and how, in the statement shown',
    kinds: every,
    lacks: (record) => !record.stated.statement,
  },
  {
    element: 'language',
    rule: '45 CFR 164.508(c)(3): plain language, so the language in which it was shown',
    kinds: every,
    lacks: (record) => !record.stated.language,
  },
  {
    // A class consent for treatment, payment and operations may say "none" (42 CFR 2.31(a)(7)).
    element: 'expiry',
    rule: '42 CFR 2.31(a)(7), 45 CFR 164.508(c)(1)(v): a date or an event at which it ends',
    kinds: byName,
    lacks: (record) => record.expiresOn === null && !record.stated.expiresEvent && !endsByDefault(record),
  },
  {
    element: 'signer',
    rule: '42 CFR 2.31(a)(8), 45 CFR 164.508(c)(1)(vi): who signed, and by which right',
    kinds: every,
    lacks: (record) => !record.stated.signer,
  },
  {
    element: 'signed-at',
    rule: '42 CFR 2.31(a)(9), 45 CFR 164.508(c)(1)(vi): when it was signed',
    kinds: every,
    lacks: (record) => record.signedAt === null,
  },
  {
    element: 'attestation',
    rule: 'domain.md §3: a spoken consent needs the words read out and the time',
    kinds: every,
    lacks: (record) => record.method === 'verbal-attestation' && !record.stated.attestation,
  },
  {
    element: 'evidence',
    rule: 'domain.md §3: a paper needs its scan and the SHA-256 of it',
    kinds: every,
    lacks: (record) => record.method === 'paper-scan' && !record.stated.evidence,
  },
  {
    element: 'written-signature',
    rule: '42 CFR 2.31(a), 34 U.S.C. 12291(b)(2)(B): substance-use and domestic-violence need writing',
    kinds: disclosing,
    lacks: (record) => record.method === 'verbal-attestation' && record.categories.some(needsWriting),
  },
];

/** What the record lacks, in the order of the rules; empty = complete. An incomplete record authorises nothing. */
export function missingOf(record: ConsentRecord): readonly Missing[] {
  const lacking = rules
    .filter((rule) => rule.kinds.includes(record.kind) && rule.lacks(record))
    .map(({ element, rule }) => ({ element, rule }));
  const broken = record.contradictions.flatMap((code) => brokenBy(code) ?? []);
  return [...lacking, ...broken];
}

/** Consent for domestic-violence data expires after 30 days if the paper has no date (domain.md §3). */
export function endsByDefault(record: Pick<ConsentRecord, 'categories' | 'expiresOn'>): boolean {
  return record.expiresOn === null && record.categories.includes('domestic-violence');
}
