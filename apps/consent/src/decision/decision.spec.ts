import { describe, expect, it } from '@jest/globals';
import type { DecisionBecause } from '#contracts';
import type { ConsentRecord } from '../consent/consent.ts';
import {
  consent,
  consentIdOf,
  council,
  facts,
  harbor,
  now,
  openDoor,
  revocation,
  without,
} from '../examples/consent-examples.ts';
import { explain, type Decision, type Question } from './decision.ts';

const question = (changes: Partial<Question> = {}): Question => ({
  recipientOrganizationId: harbor,
  categories: ['core-contact'],
  purpose: 'care-coordination',
  direction: 'send',
  ...changes,
});
const ask = (records: readonly ConsentRecord[], changes: Partial<Question> = {}): Decision =>
  explain(records, facts(), question(changes), now);
const because = (records: readonly ConsentRecord[], changes: Partial<Question> = {}): DecisionBecause | undefined =>
  ask(records, changes).categories[0]?.because;

describe('a decision explains what would be allowed, and why', () => {
  it('says what is allowed, by which consents, and the return path', () => {
    expect(ask([consent({ returnPath: 'outcome' })], { categories: ['mental-health', 'core-contact'] })).toEqual({
      categories: [
        { category: 'mental-health', allowed: false, consentIds: [], because: 'not-named' },
        { category: 'core-contact', allowed: true, consentIds: [consentIdOf(1)], because: 'named-by-consent' },
      ],
      returnPath: 'outcome',
    });
  });

  it('with no consent at all: no-consent, and no return path', () => {
    expect(ask([])).toEqual({
      categories: [{ category: 'core-contact', allowed: false, consentIds: [], because: 'no-consent' }],
      returnPath: 'none',
    });
  });

  const cases: readonly [DecisionBecause, ConsentRecord, Partial<Question>][] = [
    ['no-consent', consent(), { recipientOrganizationId: openDoor }],
    ['not-named', consent({ directions: ['send'] }), { direction: 'return' }],
    ['not-named', consent({ returnPath: 'none' }), { direction: 'return' }],
    ['not-named', consent(), { purpose: 'treatment' }],
    ['incomplete', without(consent(), 'signer'), {}],
    ['expired', consent({ expiresOn: '2026-11-23' }), {}],
    ['revoked', consent({ revocations: [revocation()] }), {}],
    ['revoked', consent({ revocations: [revocation({ recipients: [harbor] })], recipients: [harbor, openDoor] }), {}],
    ['kind-does-not-open', consent({ kind: 'contact' }), {}],
    [
      'kind-does-not-open',
      consent({ kind: 'general-attestation', categories: ['hiv-sti'] }),
      { categories: ['hiv-sti'] },
    ],
    ['named-by-consent', consent({ intermediaryId: council }), { recipientOrganizationId: council }],
  ];
  it.each(cases)('%s', (expected, record, changes) => {
    expect(because([record], changes)).toBe(expected);
  });

  it('a client without a known owner', () => {
    const { categories } = explain([consent()], facts([]), question(), now);
    expect(categories[0]).toMatchObject({ allowed: false, because: 'client-not-known-yet' });
  });

  it('the most basic of several reasons is given', () => {
    const revoked = consent({ consentId: consentIdOf(2), revocations: [revocation()] });
    expect(because([consent({ categories: ['hiv-sti'] }), revoked])).toBe('revoked');
    expect(because([revoked, consent()])).toBe('named-by-consent');
  });
});
