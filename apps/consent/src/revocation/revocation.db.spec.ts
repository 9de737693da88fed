import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConsentView, RecordConsent } from '#contracts';
import { FakeClock, seededIds } from '#testing';
import { council, harbor, openDoor } from '../examples/consent-examples.ts';
import { created, paper } from '../examples/papers.ts';
import type { RunningConsent, HttpAnswer } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(2);
let consent: RunningConsent;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
});
afterAll(() => consent?.close());

async function recorded(changes: Partial<RecordConsent> = {}): Promise<ConsentView> {
  const [clientId, referralId] = [ids.next(), ids.next()];
  await consent.publish(referralId, created(referralId, clientId));
  const answer = await consent.command(
    'dana.planner',
    'consents',
    paper(clientId, { recipients: [harbor, openDoor], ...changes }),
  );
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.body as ConsentView;
}

const receivedAt = '2026-11-24T07:30:00.000Z';
const whole = { method: 'verbal-attestation', receivedAt };
const revoke = (view: ConsentView, body: object, version = 1, login = 'dana.planner'): Promise<HttpAnswer> =>
  consent.command(login, `consents/${view.consentId}/revoke`, body, { 'if-match': `"${version}"` });

/** The last published permission for each (recipient, direction): its categories and return path. */
async function answers(clientId: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const events = (await consent.log(clientId)).filter((each) => each.type === 'consent.permission.changed');
  return Object.fromEntries(
    events.map(({ data }) => [
      `${String(data['recipientOrganizationId'])} ${String(data['direction'])}`,
      [...(data['categories'] as string[]), data['returnPath']],
    ]),
  );
}

describe('revoking a consent', () => {
  it('as a whole: nothing is allowed any more from the time of recording', async () => {
    const view = await recorded();
    const answer = await revoke(view, whole);
    const events = await consent.log(view.clientId);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      validity: 'revoked',
      version: 8,
      revocations: [{ at: clock.now(), receivedAt, scope: null, method: 'verbal-attestation' }],
    });
    expect(answer.etag).toBe('"8"');
    expect(events[7]).toMatchObject({
      type: 'consent.revoked',
      subject: `consent/${view.consentId}`,
      data: { consentId: view.consentId, clientId: view.clientId, whole: true, effectiveAt: clock.now() },
    });
    expect(events.slice(8).map(({ data }) => [data['categories'], data['returnPath'], data['consentIds']])).toEqual(
      Array.from({ length: 6 }, () => [[], 'none', []]),
    );
    expect(events.slice(8).map(({ data }) => data['permissionVersion'])).toEqual([7, 8, 9, 10, 11, 12]);
  });

  it('in part: only the affected permissions change, and it stays active', async () => {
    const view = await recorded();
    const answer = await revoke(view, { ...whole, scope: { recipients: [harbor], categories: ['stated-need'] } });
    expect(answer.body).toMatchObject({
      validity: 'active',
      revocations: [{ scope: { recipients: [harbor], categories: ['stated-need'], directions: null, purposes: null } }],
    });
    const after = (await consent.log(view.clientId)).slice(7);
    expect(
      after.map(({ type, data }) => [type, data['whole'], data['recipientOrganizationId'], data['categories']]),
    ).toEqual([
      ['consent.revoked', false, undefined, undefined],
      ['consent.permission.changed', undefined, harbor, ['core-contact']],
      ['consent.permission.changed', undefined, harbor, ['core-contact']],
    ]);
  });

  it('only the way back: sending continues, and nothing may return', async () => {
    const view = await recorded();
    await revoke(view, { ...whole, scope: { directions: ['return'] } });
    expect(await answers(view.clientId)).toEqual(
      Object.fromEntries(
        [harbor, openDoor, council].flatMap((recipient) => [
          [`${recipient} send`, ['core-contact', 'stated-need', 'none']],
          [`${recipient} return`, ['none']],
        ]),
      ),
    );
  });

  it('piece by piece: it is revoked when nothing is left', async () => {
    const view = await recorded();
    const first = (await revoke(view, { ...whole, scope: { recipients: [harbor] } })).body as ConsentView;
    expect(first.validity).toBe('active');
    const second = await revoke(view, { ...whole, scope: { recipients: [openDoor] } }, first.version);
    expect(second.body).toMatchObject({ validity: 'revoked' });
    const events = await consent.log(view.clientId);
    expect(events.filter((each) => each.type === 'consent.revoked').map((each) => each.data['whole'])).toEqual([
      false,
      true,
    ]);
    expect(Object.values(await answers(view.clientId)).flat()).toEqual(Array.from({ length: 6 }, () => 'none'));
  });

  it('another consent of the client still allows what it names', async () => {
    const view = await recorded({ recipients: [harbor] });
    await consent.command(
      'dana.planner',
      'consents',
      paper(view.clientId, { categories: ['core-contact'], intermediaryId: null }),
    );
    await revoke(view, whole);
    expect(await answers(view.clientId)).toMatchObject({
      [`${harbor} send`]: ['core-contact', 'outcome'],
      [`${council} send`]: ['none'],
    });
  });

  it('is refused if it is already revoked, before the check of the version', async () => {
    const view = await recorded();
    await revoke(view, whole);
    const again = await revoke(view, whole);
    expect([again.status, again.body]).toEqual([
      409,
      expect.objectContaining({ type: 'urn:problem:illegal-move', state: 'revoked', legalMoves: [] }),
    ]);
  });

  it('needs the version that was read, a time that is not in the future, and a non-empty scope', async () => {
    const view = await recorded();
    const path = `consents/${view.consentId}/revoke`;
    expect((await consent.command('dana.planner', path, whole)).status).toBe(428);
    const stale = await revoke(view, { ...whole, scope: { recipients: [harbor] } }, 77);
    expect([stale.status, stale.body]).toEqual([412, expect.objectContaining({ version: 1, state: 'active' })]);
    const bad = await revoke(view, {
      method: 'shouting',
      receivedAt: '2027-01-01T00:00:00.000Z',
      scope: { recipients: [] },
    });
    expect((bad.body as { errors: { field: string }[] }).errors.map((each) => each.field)).toEqual([
      'method',
      'scope.recipients',
    ]);
    const late = await revoke(view, { ...whole, receivedAt: '2027-01-01T00:00:00.000Z', scope: {} });
    expect((late.body as { errors: { field: string }[] }).errors.map((each) => each.field)).toEqual([
      'receivedAt',
      'scope',
    ]);
  });

  it('may be recorded by a coordinator whom the consent names, and by no other', async () => {
    const view = await recorded();
    const answer = await revoke(view, whole, 1, 'cora.coordinator');
    expect([answer.status, Object.keys(answer.body as object).includes('evidence')]).toEqual([200, false]);
    const log = await consent.log(view.clientId);
    expect(log.find((each) => each.type === 'consent.revoked')?.role).toBe('coordinator');
    const unnamed = await recorded({ intermediaryId: null });
    expect((await revoke(unnamed, whole, 1, 'cora.coordinator')).status).toBe(404);
  });

  it('one of two concurrent whole revocations wins and the other is refused; one event', async () => {
    const view = await recorded();
    const answer = await Promise.all([revoke(view, whole), revoke(view, whole, 1, 'olga.privacy')]);
    expect(answer.map((each) => each.status).sort()).toEqual([200, 409]);
    const revoked = (await consent.log(view.clientId)).filter((each) => each.type === 'consent.revoked');
    expect(revoked).toHaveLength(1);
  });

  it('one of two concurrent partial revocations is stored and the other must read again; nothing is lost', async () => {
    const view = await recorded();
    const scopes = [{ recipients: [harbor] }, { recipients: [openDoor] }];
    const answer = await Promise.all(scopes.map((scope) => revoke(view, { ...whole, scope })));
    expect(answer.map((each) => each.status).sort()).toEqual([200, 412]);
    const stale = answer.findIndex((each) => each.status === 412);
    const { version } = answer[stale]?.body as { version: number };
    expect((await revoke(view, { ...whole, scope: scopes[stale] }, version)).body).toMatchObject({
      validity: 'revoked',
    });
  });
});

describe('the end of a consent', () => {
  it('is published once, by its timer, with the permissions that end', async () => {
    const view = await recorded({ expiresOn: '2026-11-25', recipients: [harbor], intermediaryId: null });
    expect(view.validity).toBe('expires-soon');
    const other = await recorded({ expiresOn: '2026-11-25' });
    await revoke(other, whole);
    clock.set('2026-11-25T23:59:59.999Z');
    await consent.service.settle();
    const before = (await consent.log(view.clientId)).map(({ type }) => type);
    expect(before).toEqual([...before.slice(0, 3), 'consent.expiring']);
    expect(before).not.toContain('consent.expired');
    clock.advance({ ms: 1 });
    await consent.service.settle();
    await consent.service.settle();
    const events = (await consent.log(view.clientId)).slice(4);
    expect(events.map(({ type, role, data }) => [type, role, data['categories']])).toEqual([
      ['consent.expired', 'timer', undefined],
      ['consent.permission.changed', 'timer', []],
      ['consent.permission.changed', 'timer', []],
    ]);
    const read = await consent.get('dana.planner', `consents/${view.consentId}`);
    expect(read.body).toMatchObject({ validity: 'expired', version: 5 });
    const ofRevoked = await consent.log(other.clientId);
    expect(ofRevoked.map((each) => each.type)).not.toContain('consent.expired');
  });
});
