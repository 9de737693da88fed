import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConsentView, RecordConsent, RevokedAllView } from '#contracts';
import { FakeClock, seededIds } from '#testing';
import { council, harbor, hospital, openDoor } from '../examples/consent-examples.ts';
import { created, paper } from '../examples/papers.ts';
import type { RunningConsent, HttpAnswer } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(8);
const revocation = { method: 'paper-scan', receivedAt: '2026-11-24T07:30:00.000Z' };
let consent: RunningConsent;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
});
afterAll(() => consent?.close());

async function owned(): Promise<string> {
  const [clientId, referralId] = [ids.next(), ids.next()];
  await consent.publish(referralId, created(referralId, clientId));
  return clientId;
}

const post = (clientId: string, changes: Partial<RecordConsent> = {}, login = 'dana.planner'): Promise<HttpAnswer> =>
  consent.command(login, 'consents', paper(clientId, { signedAt: clock.now(), ...changes }));

async function recorded(clientId: string, changes: Partial<RecordConsent> = {}): Promise<ConsentView> {
  const answer = await post(clientId, changes);
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.body as ConsentView;
}

const revoke = (view: ConsentView, body: object = revocation): Promise<HttpAnswer> =>
  consent.command('dana.planner', `consents/${view.consentId}/revoke`, body, { 'if-match': `"${view.version}"` });

const allowed = async (clientId: string): Promise<number> =>
  (await consent.sql('select from consent.permission where client_id = $1 and cardinality(categories) > 0', [clientId]))
    .length;

describe('an equal paper posted again', () => {
  it('within minutes is the one that is there: it is answered, marked, and nothing is stored [W8]', async () => {
    const clientId = await owned();
    const first = await recorded(clientId);
    clock.advance({ minutes: 5 });
    const again = await post(clientId, { recipients: [harbor] });
    expect([again.status, again.body]).toMatchObject([
      200,
      { consentId: first.consentId, validity: 'active', alreadyRecorded: true },
    ]);
    expect(again.etag).toBe(`"${first.version}"`);
    const list = await consent.get('dana.planner', `consents?clientId=${clientId}`);
    expect((list.body as { items: unknown[] }).items).toHaveLength(1);
  });

  it('is another consent if a word differs, much later, from others, or after a revocation of the first [W8]', async () => {
    const clientId = await owned();
    const first = await recorded(clientId);
    await recorded(clientId, { categories: ['core-contact'] });
    await recorded(clientId, { language: 'es' });
    clock.advance({ minutes: 11 });
    await recorded(clientId);
    await revoke(first);
    clock.advance({ minutes: 11 });
    const last = await recorded(clientId);
    await revoke(last);
    await recorded(clientId);
  });
});

describe('revoking what was recorded more than once', () => {
  it('answers with what still authorises the same, by which consent [W8]', async () => {
    const clientId = await owned();
    const first = await recorded(clientId);
    clock.advance({ minutes: 11 });
    const twin = await recorded(clientId, { recipients: [harbor, openDoor], categories: ['core-contact'] });
    const answer = await revoke(first);
    expect(answer.body).toMatchObject({
      validity: 'revoked',
      stillAuthorised: [
        {
          consentId: twin.consentId,
          recipients: [harbor, council].sort(),
          categories: ['core-contact'],
          purposes: ['care-coordination'],
          directions: ['return', 'send'],
        },
      ],
    });
    expect((await revoke(twin)).body).toMatchObject({ stillAuthorised: [] });
    expect(await allowed(clientId)).toBe(0);
  });

  it('in part names only the revoked part that is still allowed [W8]', async () => {
    const clientId = await owned();
    const first = await recorded(clientId, { intermediaryId: null });
    clock.advance({ minutes: 11 });
    await recorded(clientId, { intermediaryId: null });
    const scope = { categories: ['stated-need'], directions: ['send'] };
    const answer = await revoke(first, { ...revocation, scope });
    expect((answer.body as ConsentView).stillAuthorised).toMatchObject([
      { recipients: [harbor], categories: ['stated-need'], directions: ['send'] },
    ]);
  });

  it('can be done for everything of the client in one command [W8]', async () => {
    const clientId = await owned();
    const views = [await recorded(clientId)];
    clock.advance({ minutes: 11 });
    views.push(await recorded(clientId), await recorded(clientId, { signedName: ' ' }));
    const answer = await consent.command('dana.planner', 'consents/revoke-all', { clientId, ...revocation });
    const { revokedIds, stillAuthorised } = answer.body as RevokedAllView;
    expect([answer.status, [...revokedIds].sort(), stillAuthorised]).toEqual([
      200,
      views.map((view) => view.consentId).sort(),
      [],
    ]);
    expect(await allowed(clientId)).toBe(0);
    for (const { consentId } of views) {
      const { body, etag } = await consent.get('dana.planner', `consents/${consentId}`);
      expect(body).toMatchObject({ validity: 'revoked', revocations: [{ scope: null, method: 'paper-scan' }] });
      expect(etag).toBe(`"${(body as ConsentView).version}"`);
    }
    const versions = (await consent.log(clientId)).filter(({ type }) => type === 'consent.revoked');
    expect(versions).toHaveLength(3);
    const again = await consent.command('dana.planner', 'consents/revoke-all', { clientId, ...revocation });
    expect([again.status, again.body]).toEqual([200, { clientId, revokedIds: [], stillAuthorised: [] }]);
  });

  it('everything means what the caller may see: nothing for a stranger, for a coordinator what names the council [W8]', async () => {
    const clientId = await owned();
    const named = await recorded(clientId);
    const unnamed = await recorded(clientId, { intermediaryId: null, disclosers: [hospital], recipients: [openDoor] });
    const body = { clientId, ...revocation };
    expect((await consent.command('abel.harbor', 'consents/revoke-all', body)).status).toBe(404);
    expect(
      (await consent.command('dana.planner', 'consents/revoke-all', { ...body, clientId: ids.next() })).status,
    ).toBe(404);
    const answer = await consent.command('cora.coordinator', 'consents/revoke-all', body);
    expect(answer.body).toEqual({ clientId, revokedIds: [named.consentId], stillAuthorised: [] });
    expect((await consent.get('dana.planner', `consents/${unnamed.consentId}`)).body).toMatchObject({
      validity: 'active',
    });
  });
});
