import { describe, expect, it } from '@jest/globals';
import type { Category } from '#contracts';
import type { ConsentRecord } from '../consent/consent.ts';
import {
  consent,
  consentIdOf,
  council,
  facts,
  harbor,
  hospital,
  lakeside,
  now,
  openDoor,
  revocation,
  withStated,
  without,
} from '../examples/consent-examples.ts';
import { permissionsOf, type Permission } from './permission.ts';

const answers = (...records: ConsentRecord[]): readonly Permission[] => permissionsOf(records, facts(), now);
const find = (all: readonly Permission[], recipient: string, direction = 'send'): Permission | undefined =>
  all.find((each) => each.recipientOrganizationId === recipient && each.direction === direction);
const opened = (record: ConsentRecord, recipient: string, direction = 'send'): readonly Category[] =>
  find(answers(record), recipient, direction)?.categories ?? [];

describe('what the consents of a client together allow', () => {
  it('nothing without a consent', () => {
    expect(answers()).toEqual([]);
  });

  it('a consent allows exactly the recipients, categories, purposes and directions that it names', () => {
    expect(answers(consent({ returnPath: 'outcome' }))).toEqual([
      {
        recipientOrganizationId: harbor,
        purpose: 'care-coordination',
        direction: 'return',
        categories: ['core-contact', 'stated-need'],
        returnPath: 'outcome',
        consentIds: [consentIdOf(1)],
        validFrom: '2026-11-20T09:00:00.000Z',
        validUntil: '2027-06-01T00:00:00.000Z',
        intermediary: false,
      },
      {
        recipientOrganizationId: harbor,
        purpose: 'care-coordination',
        direction: 'send',
        categories: ['core-contact', 'stated-need'],
        returnPath: 'outcome',
        consentIds: [consentIdOf(1)],
        validFrom: '2026-11-20T09:00:00.000Z',
        validUntil: '2027-06-01T00:00:00.000Z',
        intermediary: false,
      },
    ]);
  });

  it('sending to an agency does not permit it to report back', () => {
    const all = answers(consent({ directions: ['send'], returnPath: 'outcome' }));
    expect(all.map((each) => [each.direction, each.returnPath])).toEqual([['send', 'none']]);
  });

  it('a return direction without a return path permits nothing', () => {
    expect(answers(consent({ directions: ['return'], returnPath: 'none' }))).toEqual([]);
  });

  it.each([
    ['incomplete', without(consent(), 'signer')],
    ['expired', consent({ expiresOn: '2026-11-23' })],
    ['revoked', consent({ revocations: [revocation()] })],
  ])('an %s consent allows nothing', (_, record) => {
    expect(answers(record)).toEqual([]);
  });

  it('two consents add up, each category until its latest end', () => {
    const short = consent({
      consentId: consentIdOf(2),
      categories: ['core-contact', 'mental-health'],
      expiresOn: '2026-12-31',
    });
    expect(find(answers(consent(), short), harbor)).toMatchObject({
      categories: ['core-contact', 'stated-need', 'mental-health'],
      consentIds: [consentIdOf(1), consentIdOf(2)],
      validUntil: '2027-01-01T00:00:00.000Z',
    });
    const same = { ...short, categories: ['core-contact'] as const };
    expect(find(answers(consent(), same), harbor)?.validUntil).toBe('2027-06-01T00:00:00.000Z');
  });

  it('the widest return path of all consents counts, and the return permission ends with it', () => {
    const outcome = consent({ consentId: consentIdOf(2), returnPath: 'outcome', expiresOn: '2026-12-31' });
    const all = answers(consent(), outcome);
    expect(find(all, harbor, 'return')).toMatchObject({
      returnPath: 'outcome',
      validUntil: '2027-01-01T00:00:00.000Z',
    });
    expect(find(all, harbor)).toMatchObject({ returnPath: 'outcome', validUntil: '2027-06-01T00:00:00.000Z' });
  });

  it('a partial revocation revokes what it names and leaves the rest', () => {
    const record = consent({
      recipients: [harbor, openDoor],
      revocations: [revocation({ recipients: [harbor], categories: ['stated-need'] })],
    });
    expect(opened(record, harbor)).toEqual(['core-contact']);
    expect(opened(record, openDoor)).toEqual(['core-contact', 'stated-need']);
  });

  it('revoking the return keeps the sending', () => {
    const all = answers(consent({ revocations: [revocation({ directions: ['return'] })] }));
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ direction: 'send', returnPath: 'none' });
  });
});

describe('who may give consent for a client', () => {
  it('a consent for an unknown client allows nothing until a discloser is known to own the client', () => {
    expect(permissionsOf([consent()], facts([]), now)).toEqual([]);
    expect(permissionsOf([consent()], facts([hospital]), now)).toHaveLength(2);
  });

  it('naming the owner among the disclosers does not let another organization consent for it', () => {
    const forged = consent({ recordedByOrganizationId: harbor, disclosers: [harbor, hospital], recipients: [harbor] });
    expect(answers(forged)).toEqual([]);
  });

  it('an owner that is not a discloser discloses nothing', () => {
    expect(answers(consent({ disclosers: [lakeside] }))).toEqual([]);
  });

  it('a return-path paper from an agency to the owner permits the way back only from that agency', () => {
    const paper = consent({
      kind: 'return-path',
      recordedByOrganizationId: harbor,
      disclosers: [harbor, openDoor],
      recipients: [hospital],
      directions: ['return'],
      returnPath: 'outcome',
    });
    expect(answers(paper).map((each) => [each.recipientOrganizationId, each.direction, each.returnPath])).toEqual([
      [harbor, 'return', 'outcome'],
    ]);
    const byOwner = answers({ ...paper, recordedByOrganizationId: hospital });
    expect(byOwner.map((each) => each.recipientOrganizationId)).toEqual([harbor, openDoor]);
    expect(answers({ ...paper, revocations: [revocation({ recipients: [hospital] })] })).toEqual([]);
  });
});

describe('what a kind can permit, whatever its paper says', () => {
  const everything: readonly Category[] = [
    'core-contact',
    'substance-use',
    'mental-health',
    'domestic-violence',
    'criminal-history',
  ];

  it('a named recipient may get every category', () => {
    expect(opened(consent({ categories: everything }), harbor)).toEqual(everything);
  });

  it('treatment, payment and operations permits protected categories to those who treat, and domestic violence to nobody', () => {
    const record = consent({
      kind: 'treatment-payment-operations',
      recipients: [harbor, lakeside],
      categories: everything,
    });
    expect(opened(record, harbor)).toEqual(['core-contact']);
    expect(opened(record, lakeside)).toEqual(['core-contact', 'substance-use', 'mental-health', 'criminal-history']);
    expect(answers({ ...record, purposes: ['emergency'] })).toEqual([]);
  });

  it('a class wording covers the organizations of the network that treat, except the discloser, and nobody else', () => {
    const record = consent({
      kind: 'treatment-payment-operations',
      recipients: [],
      recipientClass: 'treating-programmes',
      purposes: ['treatment'],
    });
    expect(new Set(answers(record).map((each) => each.recipientOrganizationId))).toEqual(new Set([lakeside]));
    expect(answers({ ...record, networkId: '0190a0c0-0000-7000-8000-000100000099' })).toEqual([]);
  });

  it('a return-path consent permits nothing in the send direction', () => {
    const record = consent({ kind: 'return-path', returnPath: 'outcome' });
    expect(answers(record).map((each) => each.direction)).toEqual(['return']);
  });

  it('a general attestation permits no protected category, and never substance use or domestic violence', () => {
    const record = consent({ kind: 'general-attestation', recipients: [harbor, lakeside], categories: everything });
    expect(opened(record, harbor)).toEqual(['core-contact']);
    expect(opened(record, lakeside)).toEqual(['core-contact']);
    const spoken = withStated(consent({ kind: 'general-attestation', method: 'verbal-attestation' }), 'attestation');
    expect(opened(spoken, harbor)).toEqual(['core-contact', 'stated-need']);
  });

  it('a contact consent permits nothing', () => {
    expect(answers(consent({ kind: 'contact' }))).toEqual([]);
  });
});

describe('the intermediary', () => {
  const through = (changes: Partial<ConsentRecord> = {}): ConsentRecord =>
    consent({ intermediaryId: council, recipients: [harbor, openDoor], ...changes });

  it('has its own permission, marked as such', () => {
    expect(find(answers(through()), council)).toMatchObject({
      categories: ['core-contact', 'stated-need'],
      consentIds: [consentIdOf(1)],
      intermediary: true,
    });
    expect(find(answers(through()), harbor)?.intermediary).toBe(false);
  });

  it('keeps what one recipient still has, and ends with the last recipient', () => {
    expect(opened(through({ revocations: [revocation({ recipients: [harbor] })] }), council)).toHaveLength(2);
    expect(
      answers(
        through({
          revocations: [
            revocation({ recipients: [harbor] }),
            revocation({ recipients: [openDoor], purposes: ['care-coordination'] }),
          ],
        }),
      ),
    ).toEqual([]);
  });

  it('can be revoked alone', () => {
    const record = through({ revocations: [revocation({ recipients: [council] })] });
    expect(opened(record, council)).toEqual([]);
    expect(opened(record, harbor)).toHaveLength(2);
  });

  it('does not treat, so a treatment consent permits nothing protected to it', () => {
    const record = through({
      kind: 'treatment-payment-operations',
      recipients: [lakeside],
      categories: ['core-contact', 'mental-health'],
    });
    expect(opened(record, lakeside)).toEqual(['core-contact', 'mental-health']);
    expect(opened(record, council)).toEqual(['core-contact']);
  });
});
