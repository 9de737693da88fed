import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedOrganizationId, type NotificationView } from '#contracts';
import { positionOf } from '#events';
import { statement, UnitOfWork } from '#persistence';
import { actorOf, testService, type TestService } from '#testing';
import { NotificationsModule } from './notifications.module.ts';
import { DispatchBench } from './testing/dispatch-bench.ts';
import { everybody, person, ReferralLog } from './testing/source-events.ts';

let notifications: TestService;
let unitOfWork: UnitOfWork;
let dispatch: DispatchBench;
beforeAll(async () => {
  notifications = await testService(NotificationsModule, 'notifications');
  unitOfWork = notifications.service.app.get(UnitOfWork, { strict: false });
  dispatch = new DispatchBench(notifications);
  await dispatch.happened(...everybody());
});
afterAll(() => notifications?.close());

const notFound =
  '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';

describe('notifications', () => {
  const read = (login: string, id: string, key: string): ReturnType<TestService['ask']> =>
    notifications.ask(login, {
      method: 'POST',
      path: `notifications/${id}/read`,
      headers: { 'idempotency-key': key },
    });

  it('are read by their person, once', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent());
    const [first] = await dispatch.notificationsOf('ines.harbor', log);
    const answer = await read('ines.harbor', first?.notificationId ?? '', 'read-notification-1');
    expect([answer.statusCode, answer.json()]).toEqual([200, { ...first, readAt: notifications.clock.now() }]);
    const readAt = notifications.clock.now();
    notifications.clock.advance({ minutes: 5 });
    const again = await read('ines.harbor', first?.notificationId ?? '', 'read-notification-2');
    expect(again.json()).toEqual({ ...first, readAt });
    expect(await dispatch.notificationsOf('ines.harbor', log, '&unread=true')).toEqual([]);
    expect(await dispatch.notificationsOf('ines.harbor', log, '&unread=false')).toHaveLength(1);
    expect(await dispatch.notificationsOf('abel.harbor', log, '&unread=true')).toHaveLength(1);
  });

  it('of somebody else are not found', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent());
    const [first] = await dispatch.notificationsOf('ines.harbor', log);
    const answers = [
      await read('abel.harbor', first?.notificationId ?? '', 'read-another-1'),
      await read('abel.harbor', '0190a0c0-0000-7000-8000-000000000001', 'read-another-2'),
    ];
    expect(answers.map((each) => [each.statusCode, each.body])).toEqual(answers.map(() => [404, notFound]));
  });

  it('are read together up to an instant by their person, and by nobody else', async () => {
    const [older, newer] = [new ReferralLog(), new ReferralLog()];
    await dispatch.happened(...older.toSent());
    const [shown] = await dispatch.notificationsOf('ines.harbor', older);
    notifications.clock.advance({ minutes: 5 });
    await dispatch.happened(...newer.toSent());
    notifications.clock.advance({ minutes: 5 });
    const readAt = notifications.clock.now();
    const headers = { 'idempotency-key': 'read-all-1' };
    const asked = { method: 'POST', path: 'notifications/read', body: { upTo: shown?.at }, headers } as const;
    const answer = await notifications.ask('ines.harbor', asked);
    expect([answer.statusCode, answer.json()]).toEqual([200, { count: expect.any(Number), readAt }]);
    expect(await dispatch.notificationsOf('ines.harbor', older)).toEqual([{ ...shown, readAt }]);
    expect(await dispatch.notificationsOf('ines.harbor', newer)).toMatchObject([{ readAt: null }]);
    expect(await dispatch.notificationsOf('abel.harbor', older)).toMatchObject([{ readAt: null }]);

    notifications.clock.advance({ minutes: 5 });
    const again = await notifications.ask('ines.harbor', asked);
    expect([again.headers['idempotent-replayed'], again.body]).toEqual(['true', answer.body]);
    const later = { ...asked, headers: { 'idempotency-key': 'read-all-2' } };
    expect((await notifications.ask('ines.harbor', later)).json()).toMatchObject({ count: 0 });
    expect(await dispatch.notificationsOf('ines.harbor', older)).toEqual([{ ...shown, readAt }]);
  });

  it.each([
    ['upTo', {}],
    ['upTo', { upTo: 'now' }],
    ['upTo', { upTo: '2099-01-01T00:00:00.000Z' }],
    ['taskId', { upTo: '2026-11-24T08:00:00.000Z', taskId: '0190a0c0-0000-7000-8000-000000000001' }],
  ])('are not read together with a wrong %s', async (field, body) => {
    const headers = { 'idempotency-key': 'read-all-3' };
    const answer = await notifications.ask('ines.harbor', {
      method: 'POST',
      path: 'notifications/read',
      body,
      headers,
    });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    ]);
  });

  it('contain what the caller has already seen happen', async () => {
    const log = new ReferralLog();
    await notifications.publish(...log.toSent());
    const after = positionOf('referrals', log.referralId, log.length);
    const answer = await notifications.ask('ines.harbor', { path: `notifications?after=${after}` });
    expect(answer.headers['position-reached']).toBeUndefined();
    expect(answer.json<{ items: NotificationView[] }>().items[0]).toMatchObject({ referralId: log.referralId });
  });

  it('are asked for page by page, newest first', async () => {
    for (const log of [new ReferralLog(), new ReferralLog(), new ReferralLog()]) {
      notifications.clock.advance({ minutes: 1 });
      await dispatch.happened(...log.toSent());
    }
    const all: NotificationView[] = [];
    for (let cursor = ''; ;) {
      const answer = await notifications.ask('ines.harbor', { path: `notifications?limit=2${cursor}` });
      const { items, next } = answer.json<{ items: NotificationView[]; next: string | null }>();
      all.push(...items);
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(all.length).toBeGreaterThan(4);
    expect(new Set(all.map((each) => each.notificationId)).size).toBe(all.length);
    expect(all.map((each) => each.at)).toEqual(
      all
        .map((each) => each.at)
        .sort()
        .reverse(),
    );
  });
});

describe('deliveries', () => {
  it('of one organization are for its administrator, those of the whole network for its coordinators', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent(), log.received());
    expect((await dispatch.deliveriesFor('abel.harbor', log)).map((each) => each.template)).toEqual([
      'task-sent',
      'task-sent',
    ]);
    expect((await dispatch.deliveriesFor('hugo.admin', log)).map((each) => each.template)).toEqual(['task-received']);
    for (const login of ['cora.coordinator', 'nora.network'])
      expect(await dispatch.deliveriesFor(login, log)).toHaveLength(3);
    expect((await dispatch.deliveriesFor('abel.harbor', log))[0]).toEqual({
      deliveryId: expect.any(String),
      template: 'task-sent',
      channel: 'in-app',
      recipientOrganizationId: seedOrganizationId('harbor-house'),
      personId: expect.any(String),
      state: 'sent',
      attempts: 1,
      at: notifications.clock.now(),
      reason: null,
    });
  });

  it('are not for others', async () => {
    for (const login of ['ines.harbor', 'dana.planner', 'otto.privacy'])
      expect((await notifications.ask(login, { path: 'deliveries' })).statusCode).toBe(403);
  });
});

describe('preferences', () => {
  const path = 'preferences';

  it('are no mails, and the language of the person, by default', async () => {
    await dispatch.happened(person('ilse.workbridge', 2, { language: 'es' }));
    expect((await notifications.ask('ilse.workbridge', { path })).json()).toEqual({ email: false, language: 'es' });
  });

  it('are set by their person for that person alone', async () => {
    const body = { email: true, language: 'en' };
    const headers = { 'idempotency-key': 'preferences-1' };
    const answer = await notifications.ask('igor.secondstart', { method: 'PUT', path, body, headers });
    expect([answer.statusCode, answer.json()]).toEqual([200, body]);
    expect((await notifications.ask('igor.secondstart', { path })).json()).toEqual(body);
    expect((await notifications.ask('ian.northway', { path })).json()).toEqual({ email: false, language: 'en' });
  });
});

describe('the application’s own role', () => {
  const count = statement('count of notifications', 'select count(*)::int as n from notification');
  const counted = async (scope: Parameters<UnitOfWork['run']>[0]): Promise<number> => {
    const [row] = await unitOfWork.run(scope, (tx) => tx.query<{ n: number }>(count));
    return row?.n ?? -1;
  };
  const asPerson = (login: string): Promise<number> => {
    const { personId, organizationId } = actorOf(login);
    return counted({ kind: 'tenant', organizationId, personId });
  };

  it('sees the notifications of the person it acts for, and of nobody else', async () => {
    expect(await asPerson('ines.harbor')).toBeGreaterThan(0);
    expect(await asPerson('ian.northway')).toBe(0);
  });

  it('sees, while it handles an event, only those of its referral', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent());
    expect(await counted({ kind: 'system', key: log.referralId })).toBe(2);
    expect(await counted({ kind: 'system', key: '' })).toBe(0);
  });
});
