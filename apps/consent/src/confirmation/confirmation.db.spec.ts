import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConsentView, RecordConsent } from '#contracts';
import { FakeClock, seededIds } from '#testing';
import { harbor, hospital, openDoor } from '../examples/consent-examples.ts';
import { created, paper } from '../examples/papers.ts';
import type { RunningConsent, HttpAnswer } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(7);
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

async function recorded(
  clientId: string,
  login = 'abel.harbor',
  changes: Partial<RecordConsent> = {},
): Promise<ConsentView> {
  const terms = { disclosers: [hospital, harbor], recipients: [openDoor], ...changes };
  const answer = await consent.command(login, 'consents', paper(clientId, terms));
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.body as ConsentView;
}

const confirm = (login: string, { consentId }: ConsentView): Promise<HttpAnswer> =>
  consent.command(login, `consents/${consentId}/confirm`, {});

async function read(login: string, { consentId }: ConsentView): Promise<ConsentView> {
  return (await consent.get(login, `consents/${consentId}`)).body as ConsentView;
}

const changes = async (clientId: string): Promise<number> =>
  (await consent.log(clientId)).filter(({ type }) => type === 'consent.permission.changed').length;

describe('a paper that the client’s owner did not record', () => {
  it('is shown as unconfirmed to its recorder and in the owner’s list, and authorises nothing [S8]', async () => {
    const clientId = await owned();
    const view = await recorded(clientId);
    const unconfirmed = {
      validity: 'unconfirmed',
      confirmedBy: null,
      missing: [{ element: 'owner-confirmation', rule: expect.stringContaining('/confirm') }],
    };
    expect(view).toMatchObject(unconfirmed);
    const list = await consent.get('dana.planner', `consents?clientId=${clientId}`);
    expect((list.body as { items: ConsentView[] }).items).toMatchObject([unconfirmed]);
    expect(await changes(clientId)).toBe(0);
  });

  it('has the same status for a client of another organization and for an unknown one [S8]', async () => {
    const known = await recorded(await owned());
    const strange = await recorded(ids.next());
    expect([strange.validity, strange.missing]).toEqual([known.validity, known.missing]);
  });

  it.each(['dana.planner', 'hugo.admin', 'olga.privacy'])(
    'authorises once %s of the owner has confirmed it [S8]',
    async (login) => {
      const clientId = await owned();
      const view = await recorded(clientId);
      const answer = await confirm(login, view);
      expect([answer.status, answer.body]).toEqual([
        200,
        expect.objectContaining({ validity: 'active', missing: [], confirmedAt: clock.now() }),
      ]);
      expect(await changes(clientId)).toBeGreaterThan(0);
      const confirmed = (await consent.log(clientId)).filter(({ type }) => type === 'consent.confirmed');
      expect(confirmed.map(({ data }) => data)).toEqual([{ consentId: view.consentId, clientId }]);
      expect((await confirm(login, view)).status).toBe(409);
    },
  );

  it('cannot be confirmed by its recorder or by a stranger [S8]', async () => {
    const view = await recorded(await owned());
    expect([(await confirm('abel.harbor', view)).status, (await confirm('abel.harbor', view)).text]).toEqual([
      409,
      expect.stringContaining('ownerConfirms'),
    ]);
    for (const login of ['otto.privacy']) expect((await confirm(login, view)).status).toBe(404);
    for (const login of ['ines.harbor', 'cora.coordinator']) expect((await confirm(login, view)).status).toBe(403);
    expect((await read('dana.planner', view)).validity).toBe('unconfirmed');
  });

  it('is not shown to a coordinator until the owner has confirmed it [S8]', async () => {
    const view = await recorded(await owned());
    expect((await consent.get('cora.coordinator', `consents/${view.consentId}`)).status).toBe(404);
    await confirm('dana.planner', view);
    expect((await consent.get('cora.coordinator', `consents/${view.consentId}`)).status).toBe(200);
  });

  it('is incomplete without the owner among its disclosers, so that owner may not confirm it [S8]', async () => {
    const view = await recorded(await owned(), 'dana.planner', { disclosers: [openDoor] });
    expect(view).toMatchObject({ validity: 'incomplete', missing: [{ element: 'disclosers' }] });
    expect((await confirm('dana.planner', view)).status).toBe(409);
  });
});

describe('a paper of a client whose referral is not known yet', () => {
  it('becomes active once the event shows who owns the client [S8]', async () => {
    const clientId = ids.next();
    const view = await recorded(clientId, 'dana.planner', { disclosers: [hospital] });
    expect(view.validity).toBe('unconfirmed');
    const referralId = ids.next();
    await consent.publish(referralId, created(referralId, clientId));
    expect(await read('dana.planner', view)).toMatchObject({ validity: 'active', missing: [] });
  });
});

describe('a paper with contradictions', () => {
  it.each<[string, string, Partial<RecordConsent>]>([
    ['signedName of blanks', 'signed-name', { signedName: ' ' }],
    ['a signer who is not the one named', 'signer', { signer: { relation: 'self', name: 'Otto Other' } }],
    ['an end before it was signed', 'expiry', { expiresOn: '2026-11-01' }],
  ])('is stored as incomplete, with element and rule: %s [W9]', async (_, element, words) => {
    const clientId = await owned();
    const view = await recorded(clientId, 'dana.planner', words);
    expect(view).toMatchObject({ validity: 'incomplete', missing: [{ element, rule: expect.any(String) }] });
    expect(await changes(clientId)).toBe(0);
    const stored = await read('dana.planner', view);
    expect(stored).toMatchObject({ missing: view.missing, ...words });
  });
});

describe('the dates of a consent', () => {
  it.each([
    ['expiresOn', { expiresOn: '9999-12-31' }],
    ['expiresOn', { expiresOn: '1899-12-31' }],
    ['signedAt', { signedAt: '9999-12-31T23:59:59.999Z' }],
    ['signedAt', { signedAt: '0001-01-01T00:00:00.000Z' }],
    ['attestation.at', { attestation: { script: 'Do you agree?', at: '2027-01-01T00:00:00.000Z' } }],
  ])('are refused with a message outside their window: %s %j [W1]', async (field, words) => {
    const answer = await consent.command('dana.planner', 'consents', paper(ids.next(), words));
    expect([answer.status, answer.body]).toMatchObject([400, { errors: [{ field }] }]);
  });

  it.each(['9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z'])(
    'and so is a revocation received at %s [W1]',
    async (receivedAt) => {
      const view = await recorded(await owned(), 'dana.planner');
      const body = { method: 'paper-scan', receivedAt };
      const answer = await consent.command('dana.planner', `consents/${view.consentId}/revoke`, body, {
        'if-match': '"1"',
      });
      expect([answer.status, answer.body]).toMatchObject([400, { errors: [{ field: 'receivedAt' }] }]);
    },
  );
});
