import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessEnded, AccessGranted, type ConsentView, type RecordConsent } from '#contracts';
import { FakeClock, seededIds } from '#testing';
import { harbor, hospital } from '../examples/consent-examples.ts';
import { created, paper } from '../examples/papers.ts';
import type { RunningConsent } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(9);
let consent: RunningConsent;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
});
afterAll(() => consent?.close());

const dayIn = (days: number): string =>
  new Date(Date.parse(clock.now()) + days * 86_400_000).toISOString().slice(0, 10);

async function recorded(clientId: string, changes: Partial<RecordConsent>): Promise<ConsentView> {
  const answer = await consent.command(
    'dana.planner',
    'consents',
    paper(clientId, { signedAt: clock.now(), ...changes }),
  );
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.body as ConsentView;
}

async function owned(): Promise<{ readonly clientId: string; readonly referralId: string }> {
  const [clientId, referralId] = [ids.next(), ids.next()];
  await consent.publish(referralId, created(referralId, clientId));
  return { clientId, referralId };
}

async function days(number: number): Promise<void> {
  for (let day = 0; day < number; day += 1) {
    clock.advance({ days: 1 });
    await consent.service.settle();
    await consent.service.settle();
  }
}

const reminders = async (clientId: string): Promise<readonly unknown[]> =>
  (await consent.log(clientId)).filter(({ type }) => type === 'consent.expiring').map(({ data }) => data['daysLeft']);

describe('a consent that ends soon', () => {
  it('is published 30, 7 and 1 days before its end, once each, with the Tasks that have access by it [W10]', async () => {
    const { clientId, referralId } = await owned();
    const { consentId } = await recorded(clientId, { expiresOn: dayIn(40) });
    const access = (): AccessGranted =>
      AccessGranted.of({
        referralId,
        accessId: ids.next(),
        taskId: ids.next(),
        clientId,
        fromOrganizationId: hospital,
        toOrganizationId: harbor,
        categories: ['core-contact'],
        purpose: 'care-coordination',
        consentIds: [consentId],
        noticeCodes: [],
      });
    const [open, ended] = [access(), access()];
    await consent.publish(referralId, open);
    await consent.publish(referralId, ended);
    const { accessId, taskId } = ended;
    await consent.publish(referralId, AccessEnded.of({ referralId, accessId, taskId, clientId, cause: 'declined' }));
    await days(12);
    expect(await reminders(clientId)).toEqual([30]);
    const event = (await consent.log(clientId)).find(({ type }) => type === 'consent.expiring');
    expect(event?.data).toEqual({
      consentId,
      clientId,
      daysLeft: 30,
      endsAt: `${dayIn(29)}T00:00:00.000Z`,
      organizationId: hospital,
      referralId,
      taskIds: [open.taskId],
    });
    await days(30);
    expect(await reminders(clientId)).toEqual([30, 7, 1]);
    expect((await consent.log(clientId)).filter(({ type }) => type === 'consent.expired')).toHaveLength(1);
  });

  it('is not published for reminders that had passed when it was recorded [W10]', async () => {
    const { clientId } = await owned();
    await recorded(clientId, { expiresOn: dayIn(5) });
    await consent.service.settle();
    expect(await reminders(clientId)).toEqual([]);
    await days(8);
    expect(await reminders(clientId)).toEqual([1]);
  });

  it('is published once, for the nearest milestone, if the service was down for weeks [W10]', async () => {
    const { clientId } = await owned();
    await recorded(clientId, { expiresOn: dayIn(40) });
    clock.advance({ days: 36 });
    await consent.service.settle();
    await consent.service.settle();
    expect(await reminders(clientId)).toEqual([7]);
  });

  it('needs no renewal if a new paper allows the same, or if it was revoked [W10]', async () => {
    const { clientId } = await owned();
    await recorded(clientId, { expiresOn: dayIn(40) });
    await recorded(clientId, { expiresOn: dayIn(400) });
    const narrower = await owned();
    await recorded(narrower.clientId, { expiresOn: dayIn(40) });
    await recorded(narrower.clientId, { expiresOn: dayIn(400), categories: ['core-contact'] });
    const gone = await owned();
    const { consentId } = await recorded(gone.clientId, { expiresOn: dayIn(40) });
    const revocation = { method: 'paper-scan', receivedAt: clock.now() };
    await consent.command('dana.planner', `consents/${consentId}/revoke`, revocation, { 'if-match': '"1"' });
    await days(42);
    expect(await reminders(clientId)).toEqual([]);
    expect(await reminders(narrower.clientId)).toEqual([30, 7, 1]);
    expect(await reminders(gone.clientId)).toEqual([]);
  });

  it('is published at its end as expired, unlike a revoked one [W10]', async () => {
    const ends = async (clientId: string): Promise<readonly unknown[]> =>
      (await consent.log(clientId))
        .filter(({ type, data }) => type === 'consent.permission.changed' && (data['categories'] as []).length === 0)
        .map(({ data }) => data['validUntil'] ?? 'taken back');
    const [expired, revoked] = [await owned(), await owned()];
    await recorded(expired.clientId, { expiresOn: dayIn(2), intermediaryId: null });
    const { consentId } = await recorded(revoked.clientId, { expiresOn: dayIn(2), intermediaryId: null });
    const revocation = { method: 'paper-scan', receivedAt: clock.now() };
    await consent.command('dana.planner', `consents/${consentId}/revoke`, revocation, { 'if-match': '"1"' });
    const end = `${dayIn(3)}T00:00:00.000Z`;
    await days(4);
    expect(await ends(expired.clientId)).toEqual([end, end]);
    expect(await ends(revoked.clientId)).toEqual(['taken back', 'taken back']);
  });
});
