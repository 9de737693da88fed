import { describe, expect, it } from '@jest/globals';
import type { ConsentElement, ConsentKind } from '#contracts';
import { consent, withStated, without } from '../examples/consent-examples.ts';
import { missingOf } from './completeness.ts';
import type { ConsentRecord } from '../consent/consent.ts';

const elements = (record: ConsentRecord): readonly ConsentElement[] => missingOf(record).map((each) => each.element);

describe('a consent is complete when it has every element that its kind requires', () => {
  it('a full named-recipient consent lacks nothing', () => {
    expect(missingOf(consent())).toEqual([]);
  });

  const lacking: readonly [ConsentElement, ConsentRecord][] = [
    ['signed-name', without(consent(), 'signedName')],
    ['disclosers', consent({ disclosers: [] })],
    ['categories', consent({ categories: [] })],
    ['recipients', consent({ recipients: [] })],
    ['purposes', consent({ purposes: [] })],
    ['directions', consent({ directions: [] })],
    ['statement', without(consent(), 'statement')],
    ['language', without(consent(), 'language')],
    ['expiry', consent({ expiresOn: null })],
    ['signer', without(consent(), 'signer')],
    ['signed-at', consent({ signedAt: null })],
    ['attestation', consent({ method: 'verbal-attestation' })],
    ['evidence', consent({ method: 'paper-scan' })],
  ];
  it.each(lacking)('without %s it is incomplete, and says so by name and rule', (element, record) => {
    expect(missingOf(record)).toEqual([{ element, rule: expect.stringMatching(/CFR|domain\.md/) as unknown }]);
  });

  it('all missing elements are named together', () => {
    const bare = without(
      consent({ recipients: [], categories: [], purposes: [], directions: [], expiresOn: null, signedAt: null }),
      'signedName',
      'signer',
      'statement',
      'language',
    );
    expect(elements(bare)).toEqual([
      'signed-name',
      'categories',
      'recipients',
      'purposes',
      'directions',
      'statement',
      'language',
      'expiry',
      'signer',
      'signed-at',
    ]);
  });

  it('a spoken consent with its script and time, and a paper with its scan, are complete', () => {
    expect(missingOf(withStated(consent({ method: 'verbal-attestation' }), 'attestation'))).toEqual([]);
    expect(missingOf(withStated(consent({ method: 'paper-scan' }), 'evidence'))).toEqual([]);
  });

  it.each(['substance-use', 'domestic-violence'] as const)(
    '%s needs writing: a spoken consent is never enough',
    (category) => {
      const spoken = withStated(
        consent({ method: 'verbal-attestation', categories: ['core-contact', category] }),
        'attestation',
      );
      expect(missingOf(spoken)).toEqual([
        { element: 'written-signature', rule: expect.stringContaining('42 CFR 2.31(a)') as unknown },
      ]);
    },
  );

  it('an end described as an event counts as an expiry', () => {
    expect(missingOf(withStated(consent({ expiresOn: null }), 'expiresEvent'))).toEqual([]);
  });

  it('domestic-violence without a date is not without an end: it has 30 days', () => {
    expect(missingOf(consent({ expiresOn: null, categories: ['core-contact', 'domestic-violence'] }))).toEqual([]);
  });

  it('treatment, payment and operations may name a class and no end; the others may not', () => {
    const byClass = { recipients: [], recipientClass: 'treating-programmes', expiresOn: null } as const;
    expect(missingOf(consent({ ...byClass, kind: 'treatment-payment-operations' }))).toEqual([]);
    expect(elements(consent(byClass))).toEqual(['recipients', 'expiry']);
  });

  it('a return-path consent says what may come back, and that it may', () => {
    expect(missingOf(consent({ kind: 'return-path', directions: ['return'] }))).toEqual([]);
    expect(elements(consent({ kind: 'return-path', directions: ['return'], returnPath: 'none' }))).toEqual([
      'return-path',
    ]);
    expect(elements(consent({ kind: 'return-path', directions: ['send'] }))).toEqual(['return-path']);
  });

  it('a contact consent discloses nothing, so it needs no recipient, category, purpose, direction or end', () => {
    const contact: Partial<ConsentRecord> & { kind: ConsentKind } = {
      kind: 'contact',
      disclosers: [],
      recipients: [],
      categories: [],
      purposes: [],
      directions: [],
      expiresOn: null,
    };
    expect(missingOf(consent(contact))).toEqual([]);
    expect(elements(without(consent(contact), 'signedName'))).toEqual(['signed-name']);
  });
});
