import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  LedgerBroken,
  seedOrganizationId,
  type EventEnvelope,
  type NotificationView,
  type ReturnPath,
} from '#contracts';
import { systemIds } from '#events';
import { statement, UnitOfWork } from '#persistence';
import { testService, type TestService } from '#testing';
import { NotificationsModule } from '../notifications.module.ts';
import { DispatchBench } from '../testing/dispatch-bench.ts';
import { everybody, bySystem, person, ReferralLog } from '../testing/source-events.ts';

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

const everythingKept = statement(
  'everything kept',
  `select concat((select jsonb_agg(n) from notification n), (select jsonb_agg(d) from delivery d),
     (select jsonb_agg(r) from known_referral r), (select jsonb_agg(t) from known_task t),
     (select jsonb_agg(a) from known_access a), (select jsonb_agg(e) from event e)) as text`,
);

const facts = statement(
  'facts of stream',
  'select stream_version, type, subject, data from event where stream_key = $1 order by stream_version',
);

async function factsOf(log: ReferralLog): Promise<readonly object[]> {
  return unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(facts, [log.referralId]));
}

describe('an event of a referral', () => {
  it('notifies the people of the agency, each once', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent());
    for (const login of ['ines.harbor', 'abel.harbor'])
      expect(await dispatch.notificationsOf(login, log)).toEqual([
        {
          notificationId: expect.any(String),
          template: 'task-sent',
          taskId: log.taskId,
          referralId: log.referralId,
          at: notifications.clock.now(),
          readAt: null,
          reason: null,
          consentEndedAt: null,
          words: { en: 'A Task was sent to you.', es: 'Se le envió una tarea.' },
        },
      ]);
  });

  it('notifies nobody else', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent());
    for (const login of ['dana.planner', 'ivan.opendoor', 'cora.coordinator', 'olga.privacy', 'nora.network'])
      expect([login, await dispatch.templatesOf(login, log)]).toEqual([login, []]);
  });

  it('notifies the person who made the referral', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent(), log.received(), log.accepted());
    expect(await dispatch.templatesOf('dana.planner', log)).toEqual(['task-accepted', 'task-received']);
  });

  it('notifies the coordinators too if an agency declines after acceptance', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent(), log.accepted(), log.declined(true));
    for (const login of ['cora.coordinator', 'cyrus.coordinator'])
      expect(await dispatch.templatesOf(login, log)).toEqual(['task-declined-after-acceptance']);
    expect(await dispatch.templatesOf('dana.planner', log)).toEqual([
      'task-declined-after-acceptance',
      'task-accepted',
    ]);
  });

  it('notifies the sender of the closing unless that reports a result which is withheld', async () => {
    const reportedTo = async (returnPath: ReturnPath, ...ends: readonly (keyof typeof ending)[]): Promise<boolean> => {
      const log = new ReferralLog();
      await dispatch.happened(...log.toSent(returnPath), ...ends.map((end) => ending[end](log)), log.closed());
      return (await dispatch.templatesOf('dana.planner', log)).includes('referral-closed');
    };
    const ending = {
      completed: (log: ReferralLog) => log.completed(),
      declined: (log: ReferralLog) => log.declined(false),
      withdrawn: (log: ReferralLog) => log.withdrawnFor('client-declined'),
      settled: (log: ReferralLog) => log.settled(false),
      settledByHand: (log: ReferralLog) => log.settled(true),
    };
    expect(await reportedTo('status', 'completed', 'settled')).toBe(true);
    expect(await reportedTo('none', 'completed', 'settled')).toBe(false);
    expect(await reportedTo('none', 'declined', 'settled')).toBe(true);
    expect(await reportedTo('none', 'withdrawn', 'settled')).toBe(true);
    expect(await reportedTo('none', 'completed', 'settledByHand')).toBe(true);
    expect(await reportedTo('none', 'completed', 'settledByHand', 'settled')).toBe(false);
  });

  it('notifies the agency and the sender if consent ends the access', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent(), log.consentEnded());
    expect(await dispatch.templatesOf('ines.harbor', log)).toEqual(['access-ended', 'task-sent']);
    expect(await dispatch.templatesOf('dana.planner', log)).toEqual(['access-ended']);
  });

  it('does not notify a sender without a return path of a suspension, but of the withdrawal that follows', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent('none'), log.received(), log.suspended(), log.restored());
    expect(await dispatch.templatesOf('ines.harbor', log)).toEqual(['task-restored', 'task-suspended', 'task-sent']);
    expect(await dispatch.templatesOf('dana.planner', log)).toEqual([]);
    await dispatch.happened(log.suspended(), log.withdrawnFor('consent-revoked'));
    expect(await dispatch.templatesOf('dana.planner', log)).toEqual(['task-withdrawn']);
  });

  it('notifies with the reason and the day on which consent expired, otherwise that it was revoked [W10]', async () => {
    const [expired, revoked] = [new ReferralLog(), new ReferralLog()];
    const consentEndedAt = '2026-12-07T00:00:00.000Z';
    await dispatch.happened(...expired.toSent(), expired.consentEnded(consentEndedAt));
    await dispatch.happened(...revoked.toSent(), revoked.consentEnded());
    expect(await dispatch.notificationsOf('dana.planner', expired)).toMatchObject([
      {
        ...{ template: 'access-ended', reason: 'consent-expired', consentEndedAt },
        words: {
          en: 'Access to the client’s data has ended. The consent ended because it expired on December 6, 2026.',
          es: 'Terminó el acceso a los datos del cliente. El consentimiento terminó porque venció el 6 de diciembre de 2026.',
        },
      },
    ]);
    expect(await dispatch.notificationsOf('dana.planner', revoked)).toMatchObject([
      {
        ...{ template: 'access-ended', reason: 'consent-revoked', consentEndedAt: null },
        words: { en: 'Access to the client’s data has ended. The consent was revoked.' },
      },
    ]);
  });

  it('notifies once, however often it is delivered, even after the inbox table was emptied', async () => {
    const log = new ReferralLog();
    const said = log.toSent();
    await dispatch.happened(...said);
    await dispatch.happened(...said);
    await unitOfWork.run({ kind: 'system', key: '' }, (tx) =>
      tx.query(statement('forget what was read', 'delete from inbox')),
    );
    await dispatch.happened(...said);
    expect(await dispatch.templatesOf('ines.harbor', log)).toEqual(['task-sent']);
    expect(await dispatch.deliveriesFor('abel.harbor', log)).toHaveLength(2);
    expect(await factsOf(log)).toHaveLength(2);
  });

  it('leaves proof in the log: one event for each delivery, in the stream of the referral', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent());
    const deliveries = await dispatch.deliveriesFor('cora.coordinator', log);
    expect(await factsOf(log)).toEqual(
      [...deliveries].reverse().map((each, index) => ({
        stream_version: index + 1,
        type: 'notification.delivered',
        subject: `delivery/${each.deliveryId}`,
        data: {
          deliveryId: each.deliveryId,
          taskId: log.taskId,
          channel: 'in-app',
          template: 'task-sent',
          recipientOrganizationId: seedOrganizationId('harbor-house'),
          personId: each.personId,
        },
      })),
    );
  });

  it('is never stored with the client that it is about', async () => {
    const log = new ReferralLog();
    await dispatch.happened(...log.toSent(), log.consentEnded());
    const [row] = await unitOfWork.run({ kind: 'system', key: log.referralId }, (tx) =>
      tx.query<{ text: string }>(everythingKept),
    );
    expect(row?.text).toContain(log.taskId);
    expect(row?.text).not.toContain(log.clientId);
  });
});

describe('a notification without a recipient', () => {
  it('waits until there is one, and is then delivered once', async () => {
    const log = new ReferralLog();
    await dispatch.happened(
      person('ines.harbor', 2, { active: false }),
      person('abel.harbor', 2, { active: false }),
      ...log.toSent(),
    );
    expect(await dispatch.deliveriesFor('cora.coordinator', log)).toEqual([]);
    notifications.clock.advance({ seconds: 2 });
    await dispatch.happened(person('ines.harbor', 3));
    notifications.clock.advance({ seconds: 10 });
    await notifications.service.settle();
    expect(await dispatch.templatesOf('ines.harbor', log)).toEqual(['task-sent']);
    notifications.clock.advance({ days: 3 });
    await dispatch.happened(person('abel.harbor', 3));
    expect(await dispatch.deliveriesFor('cora.coordinator', log)).toHaveLength(1);
  });

  it('is given up after some days', async () => {
    const log = new ReferralLog();
    await dispatch.happened(person('ines.harbor', 4, { active: false }), person('abel.harbor', 4, { active: false }));
    await dispatch.happened(...log.toSent());
    for (let looked = 0; looked < 8; looked += 1) {
      notifications.clock.advance({ days: 2 });
      await notifications.service.settle();
    }
    await dispatch.happened(person('ines.harbor', 5), person('abel.harbor', 5));
    notifications.clock.advance({ days: 2 });
    await notifications.service.settle();
    expect(await dispatch.deliveriesFor('cora.coordinator', log)).toEqual([]);
  });

  it('does not let an older event about a person undo a newer one', async () => {
    const log = new ReferralLog();
    await dispatch.happened(person('ines.harbor', 7), person('abel.harbor', 6));
    await dispatch.happened(person('ines.harbor', 6, { active: false }));
    await dispatch.happened(...log.toSent());
    expect(await dispatch.templatesOf('ines.harbor', log)).toEqual(['task-sent']);
  });
});

describe('a ledger that somebody changed', () => {
  const broken = (...organizations: readonly string[]): EventEnvelope =>
    bySystem(
      LedgerBroken.of({
        verificationId: systemIds.next(),
        newFindings: 1,
        organizationIds: organizations.map(seedOrganizationId),
      }),
    );
  const alarms = async (login: string): Promise<readonly NotificationView[]> => {
    const answer = await notifications.ask(login, { path: 'notifications?limit=100' });
    return answer.json<{ items: NotificationView[] }>().items.filter(({ template }) => template === 'ledger-broken');
  };

  it('notifies the privacy officers of the organizations that it concerns, once, with ids only [S4]', async () => {
    const found = broken('st-brigid', 'harbor-house');
    await dispatch.happened(found);
    await dispatch.happened(found);
    const [alarm, ...others] = await alarms('olga.privacy');
    expect([alarm, others]).toMatchObject([{ taskId: null, referralId: null, reason: null, readAt: null }, []]);
    expect(alarm?.words.en).toContain('Look at its newest verification');
    for (const login of ['otto.privacy', 'hugo.admin', 'nora.network', 'ines.harbor'])
      expect([login, await alarms(login)]).toEqual([login, []]);
    const path = `notifications/${alarm?.notificationId}/read`;
    const read = { path, method: 'POST', headers: { 'idempotency-key': 'read-the-alarm' }, payload: {} } as const;
    expect((await notifications.ask('otto.privacy', read)).statusCode).toBe(404);
    expect((await notifications.ask('olga.privacy', read)).statusCode).toBe(200);
    expect((await alarms('olga.privacy'))[0]?.readAt).not.toBeNull();
  });

  it.each([
    ['it concerns everybody', []],
    ['nobody whom it concerns has one', ['harbor-house']],
  ])('notifies all privacy officers if %s [S4]', async (_, organizations) => {
    const before = (await alarms('otto.privacy')).length;
    await dispatch.happened(broken(...organizations));
    expect(await alarms('otto.privacy')).toHaveLength(before + 1);
  });
});

describe('an event of a referral whose first events were missed', () => {
  it('is parked for a person, with its reason', async () => {
    const log = new ReferralLog();
    log.created();
    log.drafted();
    await dispatch.happened(log.sent());
    const answer = await notifications.ask('nora.network', { path: 'parked' });
    expect(answer.json<{ items: object[] }>().items).toEqual([
      expect.objectContaining({
        group: 'notifications.dispatch',
        key: log.referralId,
        reason: expect.stringContaining('Unknown referral or Task'),
      }),
    ]);
  });
});
