import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evidenceTypes, type ConsentView, type EvidenceType, type RecordConsent } from '#contracts';
import { FakeClock, pdfOf, seededIds, smallFile } from '#testing';
import { council, harbor, hospital } from '../examples/consent-examples.ts';
import { canary, created, paper } from '../examples/papers.ts';
import type { RunningConsent, HttpAnswer } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(1);
let consent: RunningConsent;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
});
afterAll(() => consent?.close());

/** A client of the hospital, known from the event of their referral. */
async function ownedClient(): Promise<string> {
  const clientId = ids.next();
  const referralId = ids.next();
  await consent.publish(referralId, created(referralId, clientId));
  return clientId;
}

async function recorded(changes: Partial<RecordConsent> = {}): Promise<{ view: ConsentView; answer: HttpAnswer }> {
  const answer = await consent.command('dana.planner', 'consents', paper(await ownedClient(), changes));
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return { view: answer.body as ConsentView, answer };
}

describe('recording a consent', () => {
  it('stores it, returns its address, and answers without client data', async () => {
    const { view, answer } = await recorded();
    expect(answer.headers).toMatchObject({ location: `/api/consent/consents/${view.consentId}`, etag: '"1"' });
    expect(answer.position).toEqual(expect.any(String));
    expect(answer.text).not.toContain(canary);
    expect(Object.keys(view)).not.toEqual(
      expect.arrayContaining(['signedName', 'signer', 'attestation', 'expiresEvent', 'statementVersion']),
    );
    expect(view).toMatchObject({
      version: 1,
      kind: 'named-recipient',
      disclosers: [hospital],
      recipients: [harbor],
      intermediaryId: council,
      recordedAt: clock.now(),
      validity: 'active',
      validUntil: '2027-07-01T00:00:00.000Z',
      evidence: null,
      missing: [],
      revocations: [],
    });
  });

  it('can be read with its texts, by its own address and in its client’s list', async () => {
    const { view, answer } = await recorded();
    const read = await consent.get('dana.planner', `consents/${view.consentId}?after=${answer.position ?? ''}`);
    expect([read.status, read.etag]).toEqual([200, '"1"']);
    expect(read.body).toMatchObject({
      signedName: canary,
      signer: { relation: 'self', name: canary },
      attestation: null,
      expiresEvent: null,
      statementVersion: '2026-01',
      signedAt: '2026-11-24T07:00:00.000Z',
    });
    const list = await consent.get('olga.privacy', `consents?clientId=${view.clientId}`);
    expect(list.body).toEqual({ items: [read.body], next: null });
  });

  it('records one event for the consent and one for each permission that changed, in the client’s stream', async () => {
    const { view } = await recorded();
    const events = await consent.log(view.clientId);
    expect(events.map(({ type, version, role }) => [type, version, role])).toEqual([
      ['consent.recorded', 1, 'discharge-planner'],
      ...[2, 3, 4, 5].map((version) => ['consent.permission.changed', version, 'discharge-planner']),
    ]);
    expect(events[0]?.data).toEqual({
      consentId: view.consentId,
      clientId: view.clientId,
      kind: 'named-recipient',
      method: 'e-signature',
      complete: true,
    });
    const answers = events.slice(1).map(({ data }) => data);
    expect(answers.map((data) => data['permissionVersion'])).toEqual([1, 2, 3, 4]);
    expect(answers).toContainEqual({
      clientId: view.clientId,
      permissionVersion: expect.any(Number),
      recipientOrganizationId: council,
      purpose: 'care-coordination',
      direction: 'send',
      categories: ['core-contact', 'stated-need'],
      returnPath: 'outcome',
      consentIds: [view.consentId],
      validFrom: '2026-11-24T07:00:00.000Z',
      validUntil: '2027-07-01T00:00:00.000Z',
      intermediary: true,
    });
    expect(JSON.stringify(events)).not.toContain(canary);
  });

  it('answers a repeat like the first time, and refuses the same key for another paper', async () => {
    const clientId = await ownedClient();
    const key = { 'idempotency-key': ids.next() };
    const first = await consent.command('dana.planner', 'consents', paper(clientId), key);
    const again = await consent.command('dana.planner', 'consents', paper(clientId), key);
    expect([again.status, again.text, again.etag]).toEqual([201, first.text, first.etag]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const other = await consent.command('dana.planner', 'consents', paper(clientId, { language: 'es' }), key);
    expect([other.status, (other.body as { type: string }).type]).toEqual([422, 'urn:problem:key-reused']);
    expect(await consent.log(clientId)).toHaveLength(5);
    const stored = await consent.sql('select body::text from consent.idempotency where body::text like $1', [
      `%${canary}%`,
    ]);
    expect(stored).toEqual([]);
  });

  it('stores an incomplete one, names each missing element and its rule, and lets it authorise nothing', async () => {
    const { view } = await recorded({ recipients: [], signedName: null, signer: undefined, expiresOn: undefined });
    expect(view.validity).toBe('incomplete');
    expect(view.missing.map((each) => each.element)).toEqual(['signed-name', 'recipients', 'expiry', 'signer']);
    expect(view.missing[0]?.rule).toBe('42 CFR 2.31(a)(1): the name of the client');
    const events = await consent.log(view.clientId);
    expect(events.map(({ type, data }) => [type, data['complete']])).toEqual([['consent.recorded', false]]);
  });

  it('stores an incomplete signer, and a script without its time, as typed: neither counts as an element', async () => {
    const { view } = await recorded({
      method: 'verbal-attestation',
      signer: { relation: 'parent' },
      attestation: { script: canary },
    });
    expect(view.validity).toBe('incomplete');
    expect(view.missing.map((each) => each.element)).toEqual(['signer', 'attestation']);
    expect((await consent.get('dana.planner', `consents/${view.consentId}`)).body).toMatchObject({
      signer: { relation: 'parent', name: null },
      attestation: { script: canary, at: null, witness: null },
    });
    const events = await consent.log(view.clientId);
    expect(events.map(({ type, data }) => [type, data['complete']])).toEqual([['consent.recorded', false]]);
  });

  it('requires a client, a kind and a method, and refuses unknown fields', async () => {
    const bad = await consent.command('dana.planner', 'consents', {
      kind: 'verbal',
      recipients: ['x'],
      colour: 'blue',
    });
    expect(bad.status).toBe(400);
    const { errors } = bad.body as { errors: { field: string }[] };
    expect(errors.map((each) => each.field)).toEqual(expect.arrayContaining(['clientId', 'kind', 'method', 'colour']));
    const future = await consent.command('dana.planner', 'consents', {
      ...paper(ids.next()),
      signedAt: '2026-11-25T08:00:00.000Z',
    });
    expect(future.body).toMatchObject({ errors: [{ field: 'signedAt' }] });
    const never = await consent.command('dana.planner', 'consents', { ...paper(ids.next()), expiresOn: '2027-02-30' });
    expect(never.body).toMatchObject({ errors: [{ field: 'expiresOn' }] });
  });
});

describe('the evidence of a consent', () => {
  const scan = pdfOf(5_000_000);
  const evidence = {
    sha256: createHash('sha256').update(scan).digest('hex'),
    contentType: 'application/pdf' as const,
    base64: scan.toString('base64'),
  };

  it('is stored byte for byte and never returned', async () => {
    const { view, answer } = await recorded({ method: 'paper-scan', evidence });
    expect(view.evidence).toEqual({ sha256: evidence.sha256, contentType: 'application/pdf' });
    const read = await consent.get('dana.planner', `consents/${view.consentId}`);
    expect([answer.text, read.text].join('')).not.toContain(evidence.base64.slice(0, 40));
    const kept = await consent.sql<{ same: boolean }>(
      'select bytes = $2 as same from consent.consent_evidence where consent_id = $1',
      [view.consentId, scan],
    );
    expect(kept).toEqual([{ same: true }]);
  });

  it('must match its SHA-256 and be base64', async () => {
    const other = { ...evidence, sha256: '0'.repeat(64) };
    const wrong = await consent.command('dana.planner', 'consents', paper(ids.next(), { evidence: other }));
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('evidence.sha256')]);
    const garbled = await consent.command(
      'dana.planner',
      'consents',
      paper(ids.next(), { evidence: { ...evidence, base64: 'no base64!' } }),
    );
    expect([garbled.status, garbled.text]).toEqual([400, expect.stringContaining('evidence.base64')]);
  });

  const sent = async (contentType: EvidenceType, bytes: Buffer): Promise<HttpAnswer> =>
    consent.command(
      'dana.planner',
      'consents',
      paper(await ownedClient(), {
        method: 'paper-scan',
        evidence: {
          sha256: createHash('sha256').update(bytes).digest('hex'),
          contentType,
          base64: bytes.toString('base64'),
        },
      }),
    );

  it.each([...evidenceTypes])('is accepted only as a whole file of its type: %s [W20]', async (contentType) => {
    const whole = smallFile(contentType);
    expect((await sent(contentType, whole)).status).toBe(201);
    const begun = contentType === 'text/plain' ? Buffer.from([0xff, 0xfe, 0x00]) : whole.subarray(0, 8);
    const refused = await sent(contentType, begun);
    expect([refused.status, refused.body]).toMatchObject([400, { errors: [{ field: 'evidence.contentType' }] }]);
  });

  it('is not a PDF if only its beginning, or a text, is sent [W20]', async () => {
    for (const bytes of [Buffer.from('%PDF-1.4'), Buffer.from('I agree. Tess Tester'), smallFile('image/png')]) {
      const refused = await sent('application/pdf', bytes);
      const message = expect.stringContaining('these bytes are not application/pdf');
      expect([refused.status, refused.body]).toMatchObject([
        400,
        { errors: [{ field: 'evidence.contentType', message }] },
      ]);
    }
  });
});

describe('who sees a consent', () => {
  it('another organization gets the same bytes as for a consent that does not exist', async () => {
    const { view } = await recorded({ disclosers: [hospital], recipients: [harbor] });
    const theirs = await consent.get('abel.harbor', `consents/${view.consentId}`);
    const nobodys = await consent.get('abel.harbor', `consents/${ids.next()}`);
    const noId = await consent.get('abel.harbor', 'consents/x');
    const body =
      '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';
    for (const answer of [theirs, nobodys, noId]) expect([answer.status, answer.text]).toEqual([404, body]);
    const revoking = await consent.command('abel.harbor', `consents/${view.consentId}/revoke`, revocation(), {
      'if-match': '"1"',
    });
    expect([revoking.status, revoking.text]).toEqual([404, body]);
    const list = await consent.get('abel.harbor', `consents?clientId=${view.clientId}`);
    expect(list.body).toEqual({ items: [], next: null });
  });

  it('an organization that is not a discloser of the paper cannot record it, whoever owns the client', async () => {
    for (const clientId of [await ownedClient(), ids.next()]) {
      const answer = await consent.command('abel.harbor', 'consents', paper(clientId));
      expect(answer.status).toBe(404);
      expect(await consent.log(clientId)).toEqual([]);
    }
  });

  it('a coordinator sees those that name the coordinating organization, without evidence', async () => {
    const { view } = await recorded();
    const read = await consent.get('cora.coordinator', `consents/${view.consentId}`);
    expect([read.status, Object.keys(read.body as object).includes('evidence')]).toEqual([200, false]);
    const unnamed = await recorded({ intermediaryId: null });
    expect((await consent.get('cora.coordinator', `consents/${unnamed.view.consentId}`)).status).toBe(404);
  });

  it('roles without access are refused before any other check', async () => {
    for (const login of ['ines.harbor', 'nora.network', 'st-brigid-ehr']) {
      expect((await consent.get(login, `consents?clientId=${ids.next()}`)).status).toBe(403);
      expect((await consent.command(login, 'consents', {})).status).toBe(403);
    }
    expect((await consent.command('cora.coordinator', 'consents', {})).status).toBe(403);
    expect((await consent.get('dana.planner', 'consents')).status).toBe(400);
  });
});

function revocation(): object {
  return { method: 'verbal-attestation', receivedAt: '2026-11-24T07:30:00.000Z' };
}
