import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  referenceOf,
  type BoardRowView,
  type ListedReferral,
  type NotificationView,
  type ReferralView,
  type TimelineView,
} from '#contracts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from '../stories/people.ts';
import { act, clientOf, complete, consentFor, needBody, personId, type Items } from '../stories/scene.ts';

interface Scene {
  readonly referralId: string;
  readonly taskIds: readonly string[];
  readonly needIds: readonly string[];
}

/**
 * contract.md §4.6, return path `none`: the sender does not see the result of the Task, so neither the result of its need
 * nor the closing that depends on it. The referral's own reads and coordination's agree, in every state.
 */
describe('a sender to whom nothing may be reported', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;
  let cora: Person;

  beforeAll(async () => {
    deployment = await openDeployment();
    [dana, ines, cora] = ['dana.planner', 'ines.harbor', 'cora.coordinator'].map(
      (login) => new Person(deployment, login),
    ) as [Person, Person, Person];
  });

  afterAll(() => deployment.close());

  /** A referral with this many needs of Harbor House, each sent, under a consent without a return path. */
  async function sentOneWay(needs = 1): Promise<Scene> {
    const referral = await dana.post<ReferralView>('/api/referrals/referrals', {
      client: clientOf(),
      priority: 'routine',
      needs: Array.from({ length: needs }, () => needBody('housing', 'harbor-beds', [])),
    });
    const consent = consentFor(referral.clientId, ['harbor-house'], ['core-contact', 'stated-need']);
    const oneWay = { ...consent, directions: ['send'], returnPath: 'none' };
    const { position } = await dana.command('POST', '/api/consent/consents', oneWay);
    const taskIds = referral.needs.map((need) => need.tasks[0]?.taskId as string);
    for (const taskId of taskIds) {
      await act(dana, taskId, 'send', {}, `?after=${encodeURIComponent(position ?? '')}`);
    }
    const needIds = referral.needs.map((need) => need.serviceRequestId);
    return { referralId: referral.referralId, taskIds, needIds };
  }

  /** What a person reads of the referral, in referrals and in coordination, which must agree. */
  async function read(person: Person, { referralId, needIds }: Scene): Promise<object> {
    await deployment.settle();
    const referral = await person.get<ReferralView>(`/api/referrals/referrals/${referralId}`);
    const board = await person.get<Items<BoardRowView>>('/api/coordination/board?limit=100');
    const timeline = await person.get<TimelineView>(`/api/coordination/referrals/${referralId}/timeline`);
    const rows = needIds.map((id) => board.items.find((row) => row.serviceRequestId === id));
    const results = referral.needs.map((need) => need.result);
    const closed = referral.closed?.code ?? null;
    expect(rows.map((row) => row?.result)).toEqual(results);
    expect(rows.map((row) => row?.state)).toEqual(referral.needs.map((need) => need.tasks.at(-1)?.state));
    expect(timeline.closed?.code ?? null).toBe(closed);
    return { results, reasons: referral.needs.map((need) => need.settledReason), closed };
  }

  async function isListed(query: string, { referralId }: Scene): Promise<boolean> {
    const { items } = await dana.get<Items<ListedReferral>>(`/api/referrals/referrals?limit=100&${query}`);
    return items.some((each) => each.referralId === referralId);
  }

  const inPlay = { results: ['in-play'], reasons: [null], closed: null };

  it('sees neither the result nor the closing, at every step to a completion', async () => {
    const scene = await sentOneWay();
    const [taskId] = scene.taskIds as [string];
    // it still shows that the offer reached the agency
    await deployment.settle();
    const before = await dana.ask('GET', `/api/referrals/referrals/${scene.referralId}`);
    const steps: readonly (() => Promise<unknown>)[] = [
      () => Promise.resolve(),
      () => act(ines, taskId, 'acknowledge', {}),
      () => act(ines, taskId, 'accept', { ownerId: personId('ines.harbor') }),
      () => act(ines, taskId, 'progress', { kind: 'interim', at: new Date().toISOString() }),
      () => complete(ines, taskId, 'housed'),
    ];
    for (const step of steps) {
      await step();
      expect(await read(dana, scene)).toEqual(inPlay);
    }
    expect(await read(cora, scene)).toEqual({ results: ['met'], reasons: [null], closed: 'closed-with-service' });

    // they got no notification
    const { items: notifications } = await dana.get<Items<NotificationView>>(
      '/api/notifications/notifications?limit=100',
    );
    expect(notifications.filter((each) => each.referralId === scene.referralId)).toEqual([]);

    // not a byte changed, nor a place in a list; and the version that was read is still current
    const after = await dana.ask('GET', `/api/referrals/referrals/${scene.referralId}`);
    expect([after.text, after.etag]).toEqual([before.text, before.etag]);
    expect([await isListed('open=true', scene), await isListed('open=false', scene)]).toEqual([true, false]);
    const [listed] = (await dana.get<Items<ListedReferral>>('/api/referrals/referrals')).items;
    expect(listed).toMatchObject({ closed: null, needs: [{ result: 'in-play', state: 'sent', waitsFor: 'agency' }] });
    const version = Number((before.etag ?? '').replaceAll('"', ''));
    const path = `/api/referrals/referrals/${scene.referralId}`;
    const changed = await dana.command('PATCH', path, { note: 'Call first.' }, version);
    expect([changed.status, changed.body]).toMatchObject([200, { closed: null, needs: [{ result: 'in-play' }] }]);
    expect(await read(dana, scene)).toEqual(inPlay);
  });

  it('sees an end that concerns the offer', async () => {
    const scene = await sentOneWay();
    await act(ines, scene.taskIds[0] as string, 'decline', { reason: 'client-no-longer-in-need' });
    const settled = { results: ['unmet'], reasons: ['client-no-longer-in-need'], closed: 'closed-without-service' };
    expect(await read(dana, scene)).toEqual(settled);
    expect(await read(cora, scene)).toEqual(settled);
    expect([await isListed('open=true', scene), await isListed('open=false', scene)]).toEqual([false, true]);
    const { items } = await dana.get<Items<NotificationView>>('/api/notifications/notifications?limit=100');
    const templates = items.filter((each) => each.referralId === scene.referralId).map((each) => each.template);
    expect(templates).toEqual(['referral-closed', 'task-declined']);
  });

  it.each(['dana.planner', 'cora.coordinator'])('sees what %s settles by hand', async (login) => {
    const scene = await sentOneWay();
    const [taskId] = scene.taskIds as [string];
    await act(ines, taskId, 'accept', { ownerId: personId('ines.harbor') });
    await act(ines, taskId, 'not-complete', { reason: 'not-eligible' });
    expect(await read(dana, scene)).toEqual(inPlay);
    await new Person(deployment, login).post(`/api/referrals/service-requests/${scene.needIds[0]}/settle`, {
      reason: 'moved-away',
    });
    const settled = { results: ['unmet'], reasons: ['moved-away'], closed: 'closed-without-service' };
    expect(await read(dana, scene)).toEqual(settled);
    expect(await read(cora, scene)).toEqual(settled);
  });

  it('sees nothing of the search for another agency in a view, a list, a number or a text [W17]', async () => {
    const scene = await sentOneWay();
    const [taskId] = scene.taskIds as [string];
    const path = `/api/referrals/referrals/${scene.referralId}`;
    const everything = async (): Promise<readonly string[]> => {
      await deployment.settle();
      const reads = [
        path,
        `/api/referrals/references/${referenceOf(scene.referralId)}`,
        '/api/coordination/board?limit=100',
        `/api/coordination/referrals/${scene.referralId}/timeline`,
      ];
      const texts = await Promise.all(reads.map((read) => dana.ask('GET', read)));
      const { items } = await dana.get<Items<ListedReferral>>('/api/referrals/referrals?limit=100');
      const listed = items.find((each) => each.referralId === scene.referralId);
      const notifications = await dana.get<Items<NotificationView>>('/api/notifications/notifications?limit=100');
      const notes = notifications.items.filter((each) => each.referralId === scene.referralId);
      return [...texts.map((each) => each.text), JSON.stringify(listed), JSON.stringify(notes)];
    };
    const before = await everything();
    await act(ines, taskId, 'accept', { ownerId: personId('ines.harbor') });
    await act(ines, taskId, 'not-complete', { reason: 'not-eligible' });
    await deployment.settle();
    const seen = await cora.get<ReferralView>(path);
    expect(seen.needs).toMatchObject([{ result: 'in-play', proposal: { candidates: expect.any(Array) } }]);
    expect(await everything()).toEqual(before);
  });

  it('does not see it in a closing that their own action caused', async () => {
    const scene = await sentOneWay(2);
    const [quiet, offered] = scene.taskIds as [string, string];
    await act(ines, quiet, 'accept', { ownerId: personId('ines.harbor') });
    await complete(ines, quiet, 'housed');
    await act(dana, offered, 'withdraw', { reason: 'client-declined' });
    expect(await read(cora, scene)).toMatchObject({ results: ['met', 'unmet'], closed: 'closed-with-service' });
    expect(await read(dana, scene)).toEqual({
      ...{ results: ['in-play', 'unmet'], reasons: [null, 'client-declined'], closed: null },
    });
  });
});
