import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NotificationView, ReferralView, TaskView } from '#contracts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person, type Reply } from '../../stories/people.ts';
import { act, clientOf, consented, needBody, personId, task, type Items } from '../../stories/scene.ts';

/** domain.md §2: when a client dies, one command ends every open Task, across all of their referrals. */
describe('a client who died', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;
  let iris: Person;
  let cora: Person;

  beforeAll(async () => {
    deployment = await openDeployment();
    [dana, ines, iris, cora] = ['dana.planner', 'ines.harbor', 'iris.lakeside', 'cora.coordinator'].map(
      (login) => new Person(deployment, login),
    ) as [Person, Person, Person, Person];
  });

  afterAll(() => deployment.close());

  const refer = (client: object, need = needBody('housing', 'harbor-beds', [])): Promise<Reply> =>
    dana.command('POST', '/api/referrals/referrals', { client, priority: 'routine', needs: [need] });

  const taskIdOf = ({ needs }: ReferralView): string => needs[0]?.tasks[0]?.taskId as string;

  interface Scene {
    readonly clientId: string;
    readonly referralIds: readonly string[];
    /** Accepted at Harbor House, sent to Lakeside, and a draft. */
    readonly housing: string;
    readonly counseling: string;
    readonly draft: string;
    readonly after: string;
  }

  /** Three referrals of one client. */
  async function threeReferrals(): Promise<Scene> {
    const first = (await refer(clientOf())).body as ReferralView;
    const known = { clientId: first.clientId };
    const second = (await refer(known, needBody('mental-health', 'lakeside-clinic', []))).body as ReferralView;
    const third = (await refer(known)).body as ReferralView;
    const { after } = await consented(deployment, first.clientId, ['harbor-house', 'lakeside']);
    const [housing, counseling, draft] = [first, second, third].map(taskIdOf) as [string, string, string];
    await act(dana, housing, 'send', {}, after);
    await act(dana, counseling, 'send', {}, after);
    await deployment.settle();
    await act(ines, housing, 'accept', { ownerId: personId('ines.harbor') });
    const referralIds = [first, second, third].map((each) => each.referralId);
    return { ...known, referralIds, housing, counseling, draft, after };
  }

  const words: readonly (readonly [string, (scene: Scene) => Promise<unknown>])[] = [
    ['the sender withdraws one Task', ({ counseling }) => act(dana, counseling, 'withdraw', { reason: 'deceased' })],
    ['the agency does not complete', ({ housing }) => act(ines, housing, 'not-complete', { reason: 'deceased' })],
    [
      'the sender withdraws a referral',
      async ({ referralIds }) => {
        const path = `/api/referrals/referrals/${referralIds[2]}`;
        const { version } = await dana.get<ReferralView>(path);
        return dana.post(`${path}/withdraw`, { reason: 'deceased' }, version);
      },
    ],
  ];

  it.each(words)(
    'everything ends, everybody is notified, and no new referral is possible: %s [W5]',
    async (_name, tell) => {
      const scene = await threeReferrals();
      const { clientId, referralIds, housing, counseling, draft } = scene;
      await tell(scene);

      // immediately, before any other referral was ended
      const refused = await refer({ clientId });
      expect([refused.status, refused.body]).toMatchObject([409, { guard: 'clientIsAlive' }]);
      const before = await task(dana, draft);
      expect(before.legalMoves.map(({ action }) => action)).not.toContain('send');
      const sent = await dana.command('POST', `/api/referrals/tasks/${draft}/send`, {}, before.version);
      expect(sent.status).toBe(409);

      await deployment.settle();
      for (const taskId of [housing, counseling, draft]) {
        const { state, reason, timers } = await task(dana, taskId);
        expect(['withdrawn', 'not-completed']).toContain(state);
        expect([reason, timers]).toEqual(['deceased', []]);
      }
      for (const id of referralIds) {
        const { closed, needs } = await dana.get<ReferralView>(`/api/referrals/referrals/${id}`);
        expect([closed?.code, needs[0]?.result]).toEqual(['closed-without-service', 'unmet']);
        const offered = await dana.command(
          'POST',
          `/api/referrals/service-requests/${needs[0]?.serviceRequestId}/tasks`,
          {
            pool: true,
          },
        );
        expect([offered.status, offered.body]).toMatchObject([409, { guard: 'clientIsAlive' }]);
        const added = await dana.command(
          'POST',
          `/api/referrals/referrals/${id}/needs`,
          needBody('housing', 'harbor-beds', []),
        );
        expect([added.status, added.body]).toMatchObject([409, { guard: 'clientIsAlive' }]);
      }

      for (const person of [dana, cora]) {
        const notified = await notificationsOf(person, referralIds);
        expect(
          new Set(notified.filter(({ template }) => template === 'everything-ended').map((each) => each.referralId)),
        ).toEqual(new Set(referralIds));
      }
      const ofLakeside = await notificationsOf(iris, referralIds);
      expect(ofLakeside.map(({ template }) => template)).toContain('task-withdrawn');
    },
  );

  async function notificationsOf(person: Person, referralIds: readonly string[]): Promise<readonly NotificationView[]> {
    const { items } = await person.get<Items<NotificationView>>('/api/notifications/notifications?limit=100');
    return items.filter((each) => referralIds.includes(each.referralId ?? ''));
  }

  it('a mistaken report is taken back by the sender, who may then reopen and refer again [W5]', async () => {
    const { clientId, housing, after } = await threeReferrals();
    await act(ines, housing, 'not-complete', { reason: 'deceased' });
    await deployment.settle();
    const reopening = { reason: 'other', note: 'It was another person.' };
    const { version } = await task(dana, housing);
    const early = await dana.command('POST', `/api/referrals/tasks/${housing}/reopen`, reopening, version);
    expect([early.status, early.body]).toMatchObject([409, { guard: 'clientIsAlive' }]);

    const path = `/api/referrals/clients/${clientId}/death/undo`;
    const reason = { reason: 'wrong-person' };
    expect((await ines.command('POST', path, reason)).status).toBe(403);
    const undone = await dana.command('POST', path, reason);
    expect([undone.status, undone.body]).toMatchObject([200, { clientId }]);
    const again = await dana.command('POST', path, reason);
    expect([again.status, again.body]).toMatchObject([409, { guard: 'clientDied' }]);

    const reopened = await act(dana, housing, 'reopen', reopening);
    expect((await act(dana, reopened.taskId, 'send', {}, after)).state).toBe('sent');
    expect((await refer({ clientId })).status).toBe(201);
  });

  it('a concurrent new referral is either refused, or ended with the rest [W5]', async () => {
    for (let round = 0; round < 2; round += 1) {
      const { clientId, housing } = await threeReferrals();
      const { version } = await task(ines, housing);
      const [answer, ...made] = await Promise.all([
        ines.command('POST', `/api/referrals/tasks/${housing}/not-complete`, { reason: 'deceased' }, version),
        ...Array.from({ length: 4 }, () => refer({ clientId })),
      ]);
      expect(answer?.status).toBe(200);
      await deployment.settle();
      for (const reply of made) {
        expect([201, 409]).toContain(reply.status);
        if (reply.status !== 201) continue;
        const after: TaskView = await task(dana, taskIdOf(reply.body as ReferralView));
        expect([after.state, after.reason]).toEqual(['withdrawn', 'deceased']);
      }
    }
  });
});
