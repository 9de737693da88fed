import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TaskConsentAwaited, TaskSent, TaskWithdrawn, type ConsentRequestView } from '#contracts';
import { FakeClock, seededIds } from '#testing';
import { harbor, hospital } from '../examples/consent-examples.ts';
import { created, paper } from '../examples/papers.ts';
import type { RunningConsent } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(4);
let consent: RunningConsent;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
});
afterAll(() => consent?.close());

interface Waiting {
  readonly clientId: string;
  readonly referralId: string;
  readonly taskId: string;
  readonly serviceRequestId: string;
}

const awaited = ({ clientId, referralId, taskId, serviceRequestId }: Waiting): TaskConsentAwaited =>
  TaskConsentAwaited.of({
    clientId,
    referralId,
    taskId,
    serviceRequestId,
    recipientOrganizationId: harbor,
    categories: ['core-contact', 'stated-need'],
    purpose: 'care-coordination',
  });

const sent = ({ referralId, taskId, serviceRequestId }: Waiting): TaskSent =>
  TaskSent.of({
    referralId,
    taskId,
    serviceRequestId,
    need: 'housing',
    senderOrganizationId: hospital,
    recipientOrganizationId: harbor,
    priority: 'routine',
    returnPath: 'status',
    acknowledgeBy: '2026-11-27T08:00:00.000Z',
    round: 1,
  });

async function waiting(): Promise<Waiting & { readonly eventId: string }> {
  const about = { clientId: ids.next(), referralId: ids.next(), taskId: ids.next(), serviceRequestId: ids.next() };
  await consent.publish(about.referralId, created(about.referralId, about.clientId));
  const eventId = await consent.publish(about.referralId, awaited(about));
  return { ...about, eventId };
}

async function seen(login: string, taskId: string, query = ''): Promise<readonly ConsentRequestView[]> {
  const answer = await consent.get(login, `requests${query}`);
  expect(answer.status).toBe(200);
  return (answer.body as { items: ConsentRequestView[] }).items.filter((each) => each.taskId === taskId);
}

describe('a request for consent', () => {
  it('opens when a Task waits for it, and its sender sees it', async () => {
    const { clientId, taskId, eventId } = await waiting();
    expect(await seen('dana.planner', taskId, '?open=true')).toEqual([
      {
        requestId: eventId,
        clientId,
        taskId,
        recipientOrganizationId: harbor,
        categories: ['core-contact', 'stated-need'],
        purpose: 'care-coordination',
        openedAt: clock.now(),
        closedAt: null,
      },
    ]);
    expect(await seen('dana.planner', taskId, '?open=false')).toEqual([]);
    expect((await consent.log(clientId)).map(({ type, data }) => [type, data])).toEqual([
      ['consent.request.opened', { requestId: eventId, clientId, taskId }],
    ]);
  });

  it('is a single one, however often its event arrives', async () => {
    const about = await waiting();
    await consent.publish(about.referralId, awaited(about), about.eventId);
    await consent.publish(about.referralId, awaited(about));
    expect(await seen('dana.planner', about.taskId)).toHaveLength(1);
    expect(await consent.log(about.clientId)).toHaveLength(1);
  });

  it('closes when the Task is sent', async () => {
    const about = await waiting();
    clock.advance({ minutes: 5 });
    const eventId = await consent.publish(about.referralId, sent(about));
    await consent.publish(about.referralId, sent(about), eventId);
    expect(await seen('dana.planner', about.taskId, '?open=true')).toEqual([]);
    expect(await seen('dana.planner', about.taskId)).toMatchObject([{ closedAt: clock.now() }]);
    expect((await consent.log(about.clientId)).map((each) => each.type)).toEqual([
      'consent.request.opened',
      'consent.request.closed',
    ]);
  });

  it('closes when the Task ends, and may open again for another sending', async () => {
    const about = await waiting();
    const { referralId, taskId, serviceRequestId } = about;
    await consent.publish(
      referralId,
      TaskWithdrawn.of({ referralId, taskId, serviceRequestId, reason: 'client-declined', by: 'sender' }),
    );
    expect(await seen('dana.planner', taskId, '?open=true')).toEqual([]);
    await consent.publish(referralId, awaited(about));
    expect(await seen('dana.planner', taskId)).toHaveLength(2);
  });

  it('is not closed by a Task that never waited', async () => {
    const about = { clientId: ids.next(), referralId: ids.next(), taskId: ids.next(), serviceRequestId: ids.next() };
    await consent.publish(about.referralId, created(about.referralId, about.clientId));
    await consent.publish(about.referralId, sent(about));
    expect(await consent.log(about.clientId)).toEqual([]);
  });

  it('is seen by no other organization, and by a coordinator only where consent names the coordinating one', async () => {
    const about = await waiting();
    expect(await seen('abel.harbor', about.taskId)).toEqual([]);
    expect(await seen('cora.coordinator', about.taskId)).toEqual([]);
    await consent.command('dana.planner', 'consents', paper(about.clientId));
    expect(await seen('cora.coordinator', about.taskId)).toHaveLength(1);
    expect((await consent.get('olga.privacy', 'requests')).status).toBe(403);
    expect((await consent.get('dana.planner', 'requests?open=maybe')).status).toBe(400);
  });

  it('pages newest first without losing any', async () => {
    const all: string[] = [];
    let cursor = '';
    do {
      const answer = await consent.get('dana.planner', `requests?limit=2${cursor}`);
      const page = answer.body as { items: ConsentRequestView[]; next: string | null };
      all.push(...page.items.map((each) => each.requestId));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(all.length).toBeGreaterThan(4);
    expect(all).toEqual([...new Set(all)].sort().reverse());
  });
});
