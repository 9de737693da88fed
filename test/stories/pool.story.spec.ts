import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  seedOrganizationId,
  type DisclosureEntryView,
  type InboxRowView,
  type QueriedTask,
  type ReferralView,
  type TaskView,
} from '#contracts';
import { withClient } from '#persistence';
import { listenAt, type Listener } from '../../apps/coordination/src/testing/listening.ts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person, type Reply } from './people.ts';
import { act, canaryNames, clientOf, consented, needBody, open, personId, task, type Items } from './scene.ts';

const unknown = '/api/referrals/tasks/0190a0c0-0000-7000-8000-00ffffffffff';

/** contract.md §2.1 `{pool: true}`, §2.2 rows 2 and 22, §5.2: a need offered to every agency that consent names. */
describe('a need that is offered to the pool', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;
  let ivan: Person;
  let iris: Person;
  const listeners: Listener[] = [];

  beforeAll(async () => {
    deployment = await openDeployment();
    [dana, ines, ivan, iris] = ['dana.planner', 'ines.harbor', 'ivan.opendoor', 'iris.lakeside'].map(
      (login) => new Person(deployment, login),
    ) as [Person, Person, Person, Person];
  });

  afterAll(async () => {
    listeners.forEach((each) => each.leave());
    await deployment.close();
  });

  interface Pooled {
    readonly taskId: string;
    readonly referralId: string;
    readonly serviceRequestId: string;
    readonly consentId: string;
  }

  /** Housing in the north, which Harbor House and Open Door serve, drafted for the pool; consent names these. */
  async function draftedForPool(named: readonly string[]): Promise<Pooled & { readonly after: string }> {
    const { referralId, clientId, needs } = await dana.post<ReferralView>('/api/referrals/referrals', {
      client: clientOf(),
      priority: 'routine',
      needs: [needBody('housing', 'no service', [])],
    });
    const serviceRequestId = needs[0]?.serviceRequestId as string;
    const { consentId, after } = await consented(deployment, clientId, named);
    const draft = await dana.post<TaskView>(`/api/referrals/service-requests/${serviceRequestId}/tasks`, {
      pool: true,
    });
    expect(draft).toMatchObject({ state: 'draft', assignment: 'pool', recipientOrganizationId: null });
    return { taskId: draft.taskId, referralId, serviceRequestId, consentId, after };
  }

  async function sentToPool(named: readonly string[]): Promise<Pooled> {
    const { after, ...pooled } = await draftedForPool(named);
    expect((await act(dana, pooled.taskId, 'send', {}, after)).state).toBe('sent');
    await deployment.settle();
    return pooled;
  }

  const claim = (person: Person, taskId: string, ownerLogin: string, version: number): Promise<Reply> =>
    person.commandUntilTaken(`/api/referrals/tasks/${taskId}/accept`, { ownerId: personId(ownerLogin) }, version);

  async function inboxOf(person: Person): Promise<readonly string[]> {
    const { items } = await person.get<Items<InboxRowView>>('/api/coordination/inbox');
    return items.map((row) => row.taskId);
  }

  async function listen(person: Person): Promise<Listener> {
    const listener = await listenAt(deployment.baseUrl, await person.signIn());
    listeners.push(listener);
    return listener;
  }

  async function heardOf(listener: Listener, taskId: string): Promise<void> {
    for (;;) {
      const [received] = await listener.next();
      if ((received?.data as { taskId?: string } | undefined)?.taskId === taskId) return;
    }
  }

  /** Every read answers as for a Task that does not exist; neither list nor label shows it. */
  async function expectUnseen(person: Person, { taskId, referralId }: Pooled): Promise<void> {
    const path = `/api/referrals/tasks/${taskId}`;
    for (const [method, tail, body] of [
      ['GET', '', undefined],
      ['GET', '/messages', undefined],
      ['POST', '/packet', { purpose: 'care-coordination' }],
    ] as const) {
      const [withheld, absent] = [
        await person.ask(method, path + tail, body),
        await person.ask(method, unknown + tail, body),
      ];
      expect([tail, withheld.status, withheld.text]).toEqual([tail, 404, absent.text]);
    }
    const timeline = await person.ask('GET', `/api/coordination/referrals/${referralId}/timeline`);
    expect(timeline.status).toBe(404);
    expect((await queried(person, taskId)).length).toBe(0);
    expect(await inboxOf(person)).not.toContain(taskId);
  }

  async function queried(person: Person, taskId: string): Promise<readonly QueriedTask[]> {
    const { items } = await person.post<Items<QueriedTask>>('/api/referrals/tasks/query', { taskIds: [taskId] });
    return items;
  }

  function grantsTo(organizationCode: string, taskId: string): Promise<number> {
    return withClient(deployment.adminUrl, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from referrals.event
         where type = 'referral.access.granted' and data ->> 'taskId' = $1 and data ->> 'toOrganizationId' = $2`,
        [taskId, seedOrganizationId(organizationCode)],
      );
      return rows[0]?.count ?? -1;
    });
  }

  it('is visible, without the person, only to agencies that serve it and that consent names', async () => {
    const [harbor, lakeside] = [await listen(ines), await listen(iris)];
    const pooled = await sentToPool(['harbor-house', 'open-door', 'lakeside']);
    const { taskId } = pooled;

    for (const person of [ines, ivan]) {
      const seen = await person.ask('GET', `/api/referrals/tasks/${taskId}`);
      expect(seen.body).toMatchObject({ state: 'sent', need: 'housing', recipientOrganizationId: null });
      expect((seen.body as TaskView).legalMoves.map((move) => move.action)).toEqual(['accept']);
      for (const name of Object.values(canaryNames)) expect(seen.text).not.toContain(name);
      expect(await queried(person, taskId)).toMatchObject([{ state: 'sent', label: null }]);
      expect(await inboxOf(person)).toContain(taskId);
      const packet = await person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, {
        purpose: 'care-coordination',
      });
      const absent = await person.ask('POST', `${unknown}/packet`, { purpose: 'care-coordination' });
      expect([packet.status, packet.text]).toEqual([404, absent.text]);
    }
    await heardOf(harbor, taskId);
    // consent names Lakeside, but it serves another need
    await expectUnseen(iris, pooled);
    expect(lakeside.quiet()).toBe(true);
    // until somebody claims it, only the coordinating body may read client data
    expect(await grantsTo('harbor-house', taskId)).toBe(0);
    expect(await grantsTo('river-council', taskId)).toBe(1);
    const coordinators = await open(new Person(deployment, 'cora.coordinator'), taskId);
    expect(coordinators).toMatchObject({ direction: 'send', client: { given: canaryNames.given }, details: [] });
  });

  it('is not visible to an agency that serves it if consent names only another', async () => {
    const pooled = await sentToPool(['open-door']);
    await expectUnseen(ines, pooled);
    const { version } = await task(ivan, pooled.taskId);
    for (const [person, owner] of [
      [ines, 'ines.harbor'],
      [iris, 'iris.lakeside'],
    ] as const) {
      const refused = await claim(person, pooled.taskId, owner, version);
      const absent = await claim(person, unknown.split('/').at(-1) as string, owner, version);
      expect([refused.status, refused.text]).toEqual([404, absent.text]);
    }
    expect((await task(dana, pooled.taskId)).state).toBe('sent');
  });

  it('goes to one of 50 who claim it concurrently; 49 learn that they came too late', async () => {
    const pooled = await sentToPool(['harbor-house', 'open-door']);
    const { taskId } = pooled;
    const { version } = await task(ines, taskId);
    const claimants = ['ines.harbor', 'ivan.opendoor', 'abel.harbor', 'ada.opendoor'];
    const people = claimants.map((login) => new Person(deployment, login));
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        claim(people[index % 4] as Person, taskId, claimants[index % 4] as string, version),
      ),
    );
    const byStatus = Map.groupBy(replies, (reply) => reply.status);
    expect(Object.fromEntries([...byStatus].map(([status, of]) => [status, of.length]))).toEqual({ 200: 1, 409: 49 });
    for (const refused of byStatus.get(409) ?? []) {
      expect(refused.body).toMatchObject({ type: 'urn:problem:illegal-move', state: 'accepted' });
    }
    await deployment.settle();

    const won = byStatus.get(200)?.[0]?.body as TaskView;
    const harborWon = won.recipientOrganizationId === seedOrganizationId('harbor-house');
    const [winner, loser] = harborWon ? [ines, ivan] : [ivan, ines];
    const [winners, losers] = harborWon ? ['harbor-house', 'open-door'] : ['open-door', 'harbor-house'];
    expect([await grantsTo(winners, taskId), await grantsTo(losers, taskId)]).toEqual([1, 0]);
    const ledger = await new Person(deployment, 'olga.privacy').get<Items<DisclosureEntryView>>(
      `/api/consent/disclosures?taskId=${taskId}`,
    );
    expect(ledger.items.map((entry) => [entry.kind, entry.toOrganizationId])).toEqual([
      ['access-granted', seedOrganizationId('river-council')],
      ['access-granted', won.recipientOrganizationId],
    ]);
    expect((await open(winner, taskId)).client).toMatchObject({ given: canaryNames.given });

    // the loser's refusals offer nothing, and by now the Task does not exist for it
    const late = await claim(loser, taskId, harborWon ? 'ivan.opendoor' : 'ines.harbor', version);
    expect([late.status, late.body]).toEqual([409, expect.objectContaining({ state: 'accepted', legalMoves: [] })]);
    await expectUnseen(loser, pooled);
  });

  it('sends a live update to those who could have claimed it', async () => {
    const pooled = await sentToPool(['harbor-house', 'open-door']);
    const harbor = await listen(ines);
    await act(ivan, pooled.taskId, 'accept', { ownerId: personId('ivan.opendoor') });
    await deployment.settle();
    await heardOf(harbor, pooled.taskId);
    await expectUnseen(ines, pooled);
    // later changes concern only the sender and the agency that has it
    await act(ivan, pooled.taskId, 'progress', { kind: 'interim', at: new Date().toISOString() });
    const later = await claim(ines, pooled.taskId, 'ines.harbor', 1);
    const absent = await claim(ines, unknown.split('/').at(-1) as string, 'ines.harbor', 1);
    expect([later.status, later.text]).toEqual([404, absent.text]);
  });

  it('can be claimed for an active colleague', async () => {
    const { taskId } = await sentToPool(['harbor-house', 'open-door']);
    const { version } = await task(ines, taskId);
    for (const owner of ['ivan.opendoor', 'dana.planner']) {
      const refused = await claim(ines, taskId, owner, version);
      expect([refused.status, refused.body]).toEqual([
        409,
        expect.objectContaining({
          type: 'urn:problem:guard',
          guard: 'ownerIsActive',
          facts: { ownerId: personId(owner), organizationId: seedOrganizationId('harbor-house') },
        }),
      ]);
    }
    const none = await ines.command('POST', `/api/referrals/tasks/${taskId}/accept`, {}, version);
    expect([none.status, none.body]).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'ownerId' })] }),
    ]);
    expect((await task(ines, taskId)).state).toBe('sent');
  });

  it('cannot be claimed once consent is revoked, and is withdrawn', async () => {
    const pooled = await sentToPool(['harbor-house', 'open-door']);
    const { version } = await task(ines, pooled.taskId);
    const consent = await dana.get<{ version: number }>(`/api/consent/consents/${pooled.consentId}`);
    await dana.post(
      `/api/consent/consents/${pooled.consentId}/revoke`,
      { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 1000).toISOString() },
      consent.version,
    );
    await deployment.settle();
    expect(await task(dana, pooled.taskId)).toMatchObject({ state: 'withdrawn', reason: 'consent-revoked' });
    for (const person of [ines, ivan]) await expectUnseen(person, pooled);
    expect((await claim(ines, pooled.taskId, 'ines.harbor', version)).status).toBe(404);
  });

  it('disappears for an agency that a narrowed consent leaves out', async () => {
    const pooled = await sentToPool(['harbor-house', 'open-door']);
    const { version } = await task(ines, pooled.taskId);
    const consent = await dana.get<{ version: number }>(`/api/consent/consents/${pooled.consentId}`);
    await dana.post(
      `/api/consent/consents/${pooled.consentId}/revoke`,
      {
        method: 'verbal-attestation',
        receivedAt: new Date(Date.now() - 1000).toISOString(),
        scope: { recipients: [seedOrganizationId('harbor-house')] },
      },
      consent.version,
    );
    await deployment.settle();
    await expectUnseen(ines, pooled);
    expect((await claim(ines, pooled.taskId, 'ines.harbor', version)).status).toBe(404);
    expect(await inboxOf(ivan)).toContain(pooled.taskId);
    expect((await act(ivan, pooled.taskId, 'accept', { ownerId: personId('ivan.opendoor') })).state).toBe('accepted');
  });

  it('waits for consent if the consent names no eligible agency', async () => {
    const { taskId, after } = await draftedForPool(['lakeside']);
    expect(await act(dana, taskId, 'send', {}, after)).toMatchObject({ state: 'awaiting-consent' });
    expect((await ines.ask('GET', `/api/referrals/tasks/${taskId}`)).status).toBe(404);
  });

  it('is not visible to an agency that accepts nobody', async () => {
    const path = (id: string): string => `/api/directory/healthcare-services/${id}`;
    const ada = new Person(deployment, 'ada.opendoor');
    const { items } = await ada.get<Items<{ healthcareServiceId: string; version: number }>>(
      '/api/directory/healthcare-services?code=open-door-homes',
    );
    const [homes] = items as [{ healthcareServiceId: string; version: number }];
    const closed = await ada.command('PATCH', path(homes.healthcareServiceId), { openness: 'closed' }, homes.version);
    expect(closed.status).toBe(200);
    await deployment.settle();
    const pooled = await sentToPool(['harbor-house', 'open-door']);
    await expectUnseen(ivan, pooled);
    expect(await inboxOf(ines)).toContain(pooled.taskId);
  });
});
