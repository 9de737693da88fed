import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { seedOrganizationId, type NotificationView } from '#contracts';
import { withClient } from '#persistence';
import { FakeClock } from '#testing';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from './people.ts';
import { act, consentFor, drafted, expectGone, personId, task, type Items } from './scene.ts';

const clock = new FakeClock(new Date().toISOString());
let deployment: TestDeployment;

beforeAll(async () => {
  deployment = await openDeployment({ clock, timers: false });
}, 120_000);
afterAll(() => deployment.close());

/** With a new token: those from days ago have expired. */
const person = (login: string): Person => new Person(deployment, login);

const dayIn = (days: number): string =>
  new Date(Date.parse(clock.now()) + days * 86_400_000).toISOString().slice(0, 10);

async function sentUntil(
  expiresOn: string,
  ends: readonly string[] = ['core-contact', 'stated-need'],
): Promise<{ readonly taskId: string; readonly clientId: string }> {
  const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
  await deployment.settle();
  const paper = { ...consentFor(clientId, ['harbor-house'], ends), expiresOn };
  const recorded = await person('dana.planner').command('POST', '/api/consent/consents', paper);
  expect([recorded.status, recorded.body]).toMatchObject([201, { validity: 'expires-soon' }]);
  if (!ends.includes('core-contact')) {
    const lasting = consentFor(clientId, ['harbor-house'], ['core-contact', 'functional-needs']);
    await person('dana.planner').post('/api/consent/consents', lasting);
  }
  await deployment.settle();
  expect((await act(person('dana.planner'), taskId, 'send', {})).state).toBe('sent');
  await deployment.settle();
  return { taskId, clientId };
}

async function days(number: number): Promise<void> {
  for (let day = 0; day < number; day += 1) {
    clock.advance({ days: 1 });
    await deployment.settle();
  }
}

async function notified(login: string, template: string): Promise<number> {
  const { items } = await person(login).get<Items<{ template: string }>>('/api/notifications/notifications?limit=100');
  return items.filter((each) => each.template === template).length;
}

it.each([
  ['signed before the client was born', 'signed-at', { signedAt: '1979-01-01T09:00:00.000Z' }],
  ['signed by the parent of an adult', 'signer', { signer: { relation: 'parent', name: 'Paula Parent' } }],
])('a paper %s is stored and authorises nothing [W9]', async (_, element, words) => {
  const { clientId } = await drafted(deployment, 'housing', 'harbor-beds');
  await deployment.settle();
  const paper = { ...consentFor(clientId, ['harbor-house'], ['core-contact', 'stated-need']), ...words };
  const recorded = await person('dana.planner').command('POST', '/api/consent/consents', paper);
  expect([recorded.status, recorded.body]).toMatchObject([201, { validity: 'incomplete', missing: [{ element }] }]);
});

it('the end of a consent is announced, and ends access with its own reason [W10]', async () => {
  // Given an accepted Task, with a consent for nine days
  const accepted = await sentUntil(dayIn(8));
  await act(person('ines.harbor'), accepted.taskId, 'accept', { ownerId: personId('ines.harbor') });
  await deployment.settle();
  // When time passes, then planner and administrator are notified a week and a day before the end
  await days(3);
  for (const login of ['dana.planner', 'hugo.admin']) expect(await notified(login, 'consent-expiring')).toBe(1);
  await days(5);
  expect(await notified('dana.planner', 'consent-expiring')).toBe(2);
  const unopened = await sentUntil(dayIn(0));
  expect(await notified('ines.harbor', 'access-ended')).toBe(0);
  // And at its end access ends, with a reason that is not a revocation
  await days(2);
  expect(await task(person('dana.planner'), unopened.taskId)).toMatchObject({
    state: 'withdrawn',
    reason: 'consent-expired',
  });
  expect((await task(person('ines.harbor'), accepted.taskId)).state).toBe('accepted');
  expect(await notified('ines.harbor', 'access-ended')).toBeGreaterThan(0);
  await expectGone(person('ines.harbor'), accepted.taskId);
  const causes = await withClient(deployment.adminUrl, async (client) => {
    const { rows } = await client.query<{ cause: string; to: string }>(
      `select e.data->>'cause' as cause, g.data->>'toOrganizationId' as to from referrals.event e
       join referrals.event g on g.type = 'referral.access.granted' and g.data->>'accessId' = e.data->>'accessId'
       where e.type = 'referral.access.ended'`,
    );
    return rows;
  });
  expect(new Set(causes.map(({ cause }) => cause))).toEqual(new Set(['consent-expired']));
  expect(causes.map(({ to }) => to)).toContain(seedOrganizationId('harbor-house'));
  const entries = await person('olga.privacy').get<Items<{ kind: string; cause: string | null }>>(
    `/api/consent/disclosures?clientId=${accepted.clientId}`,
  );
  const ends = entries.items.filter(({ kind }) => kind === 'access-ended');
  expect(ends.length).toBeGreaterThan(0);
  expect(new Set(ends.map(({ cause }) => cause))).toEqual(new Set(['consent-expired']));
}, 180_000);

it('a part of what consent allowed expires, and nobody sees it as revoked [W10]', async () => {
  // Given an accepted Task with two consents, one of which ends
  const lastDay = dayIn(3);
  const { taskId, clientId } = await sentUntil(lastDay, ['stated-need']);
  await act(person('ines.harbor'), taskId, 'accept', { ownerId: personId('ines.harbor') });
  const unopened = await sentUntil(lastDay, ['stated-need']);
  await deployment.settle();
  // When that day is over
  await days(5);
  // Then people read that it expired, and on which day
  const reason = 'consent-expired';
  expect(await task(person('dana.planner'), unopened.taskId)).toMatchObject({ state: 'withdrawn', reason });
  for (const login of ['ines.harbor', 'dana.planner']) {
    const { items } = await person(login).get<Items<NotificationView>>('/api/notifications/notifications?limit=100');
    const ended = items.filter((each) => each.taskId === taskId && each.template === 'access-ended');
    const consentEndedAt = new Date(Date.parse(lastDay) + 86_400_000).toISOString();
    expect(ended).toMatchObject([{ reason, consentEndedAt }]);
    expect(ended[0]?.words.en).toContain('The consent ended because it expired on');
  }
  // And so does the ledger
  const { items } = await person('olga.privacy').get<Items<{ kind: string; cause: string | null }>>(
    `/api/consent/disclosures?clientId=${clientId}`,
  );
  const causes = items.map(({ kind, cause }) => (kind === 'access-ended' ? cause : null)).filter(Boolean);
  expect(new Set(causes)).toEqual(new Set([reason]));
}, 180_000);
