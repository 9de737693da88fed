import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerBroken, seedOrganizationId, type EventEnvelope, type NotificationView } from '#contracts';
import { systemIds } from '#events';
import { statement, UnitOfWork } from '#persistence';
import { testService, type TestService } from '#testing';
import { NotificationsModule } from '../notifications.module.ts';
import { Told } from '../testing/told.ts';
import { everybody, bySystem, person, ReferralLog } from '../testing/told-by-others.ts';

let notifications: TestService;
let unitOfWork: UnitOfWork;
let told: Told;
beforeAll(async () => {
  notifications = await testService(NotificationsModule, 'notifications');
  unitOfWork = notifications.service.app.get(UnitOfWork, { strict: false });
  told = new Told(notifications);
  await told.happened(...everybody());
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

describe('what happens to a referral', () => {
  it('is told to the people of the agency, each once', async () => {
    const log = new ReferralLog();
    await told.happened(...log.toSent());
    for (const login of ['ines.harbor', 'abel.harbor'])
      expect(await told.notificationsOf(login, log)).toEqual([
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

  it('is told to nobody else', async () => {
    const log = new ReferralLog();
    await told.happened(...log.toSent());
    for (const login of ['dana.planner', 'ivan.opendoor', 'cora.coordinator', 'olga.privacy', 'nora.network'])
      expect([login, await told.templatesOf(login, log)]).toEqual([login, []]);
  });

  it('is told to whoever made the referral', async () => {
    const log = new ReferralLog();
    await told.happened(...log.toSent(), log.received(), log.accepted());
    expect(await told.templatesOf('dana.planner', log)).toEqual(['task-accepted', 'task-received']);
  });

  it('is told to the coordinators too where an agency declines what it had accepted', async () => {
    const log = new ReferralLog();
    await told.happened(...log.toSent(), log.accepted(), log.declined(true));
    for (const login of ['cora.coordinator', 'cyrus.coordinator'])
      expect(await told.templatesOf(login, log)).toEqual(['task-declined-after-acceptance']);
    expect(await told.templatesOf('dana.planner', log)).toEqual(['task-declined-after-acceptance', 'task-accepted']);
  });

  it('is told to the agency, and to the sender, when consent ends its access', async () => {
    const log = new ReferralLog();
    await told.happened(...log.toSent(), log.consentEnded());
    expect(await told.templatesOf('ines.harbor', log)).toEqual(['access-ended', 'task-sent']);
    expect(await told.templatesOf('dana.planner', log)).toEqual(['access-ended']);
  });

  it('is told with the reason and the day on which consent ended by itself, and else that it was revoked [W10]', async () => {
    const [expired, revoked] = [new ReferralLog(), new ReferralLog()];
    const consentEndedAt = '2026-12-07T00:00:00.000Z';
    await told.happened(...expired.toSent(), expired.consentEnded(consentEndedAt));
    await told.happened(...revoked.toSent(), revoked.consentEnded());
    expect(await told.notificationsOf('dana.planner', expired)).toMatchObject([
      {
        ...{ template: 'access-ended', reason: 'consent-expired', consentEndedAt },
        words: {
          en: 'Access to the client’s data has ended. The consent ended because it expired on December 6, 2026.',
          es: 'Terminó el acceso a los datos del cliente. El consentimiento terminó porque venció el 6 de diciembre de 2026.',
        },
      },
    ]);
    expect(await told.notificationsOf('dana.planner', revoked)).toMatchObject([
      {
        ...{ template: 'access-ended', reason: 'consent-revoked', consentEndedAt: null },
        words: { en: 'Access to the client’s data has ended. The consent was revoked.' },
      },
    ]);
  });

  it('is told once, however often it is delivered, even by readers who have forgotten everything', async () => {
    const log = new ReferralLog();
    const said = log.toSent();
    await told.happened(...said);
    await told.happened(...said);
    await unitOfWork.run({ kind: 'system', key: '' }, (tx) =>
      tx.query(statement('forget what was read', 'delete from inbox')),
    );
    await told.happened(...said);
    expect(await told.templatesOf('ines.harbor', log)).toEqual(['task-sent']);
    expect(await told.deliveriesFor('abel.harbor', log)).toHaveLength(2);
    expect(await factsOf(log)).toHaveLength(2);
  });

  it('leaves proof in the log: one fact for each delivery, in the stream of the referral', async () => {
    const log = new ReferralLog();
    await told.happened(...log.toSent());
    const deliveries = await told.deliveriesFor('cora.coordinator', log);
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

  it('is never kept with the client that it is about', async () => {
    const log = new ReferralLog();
    await told.happened(...log.toSent(), log.consentEnded());
    const [row] = await unitOfWork.run({ kind: 'system', key: log.referralId }, (tx) =>
      tx.query<{ text: string }>(everythingKept),
    );
    expect(row?.text).toContain(log.taskId);
    expect(row?.text).not.toContain(log.clientId);
  });
});

describe('a telling that finds nobody', () => {
  it('waits until there is somebody, and then happens once', async () => {
    const log = new ReferralLog();
    await told.happened(
      person('ines.harbor', 2, { active: false }),
      person('abel.harbor', 2, { active: false }),
      ...log.toSent(),
    );
    expect(await told.deliveriesFor('cora.coordinator', log)).toEqual([]);
    notifications.clock.advance({ seconds: 2 });
    await told.happened(person('ines.harbor', 3));
    notifications.clock.advance({ seconds: 10 });
    await notifications.service.settle();
    expect(await told.templatesOf('ines.harbor', log)).toEqual(['task-sent']);
    notifications.clock.advance({ days: 3 });
    await told.happened(person('abel.harbor', 3));
    expect(await told.deliveriesFor('cora.coordinator', log)).toHaveLength(1);
  });

  it('is given up after some days', async () => {
    const log = new ReferralLog();
    await told.happened(person('ines.harbor', 4, { active: false }), person('abel.harbor', 4, { active: false }));
    await told.happened(...log.toSent());
    for (let looked = 0; looked < 8; looked += 1) {
      notifications.clock.advance({ days: 2 });
      await notifications.service.settle();
    }
    await told.happened(person('ines.harbor', 5), person('abel.harbor', 5));
    notifications.clock.advance({ days: 2 });
    await notifications.service.settle();
    expect(await told.deliveriesFor('cora.coordinator', log)).toEqual([]);
  });

  it('does not let an older word about a person undo a newer one', async () => {
    const log = new ReferralLog();
    await told.happened(person('ines.harbor', 7), person('abel.harbor', 6));
    await told.happened(person('ines.harbor', 6, { active: false }));
    await told.happened(...log.toSent());
    expect(await told.templatesOf('ines.harbor', log)).toEqual(['task-sent']);
  });
});

describe('a ledger that is not what was written', () => {
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

  it('is told to the privacy officers of the organizations that it concerns, once, with ids alone [S4]', async () => {
    const found = broken('st-brigid', 'harbor-house');
    await told.happened(found);
    await told.happened(found);
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
  ])('is told to all privacy officers where %s [S4]', async (_, organizations) => {
    const before = (await alarms('otto.privacy')).length;
    await told.happened(broken(...organizations));
    expect(await alarms('otto.privacy')).toHaveLength(before + 1);
  });
});

describe('an event of a referral whose beginning was never read', () => {
  it('waits for a person, with its reason', async () => {
    const log = new ReferralLog();
    log.created();
    log.drafted();
    await told.happened(log.sent());
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
