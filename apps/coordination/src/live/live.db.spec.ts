import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NeedSettled, TaskAccepted, TaskDrafted, TaskReceived, TaskReturnPathChanged } from '#contracts';
import { statement } from '#persistence';
import { DEPLOYMENT, type DeploymentConfig } from '#service';
import { openDoor, type Listener } from '../testing/listening.ts';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';
import { by, counseling, day, housing, idNumber, org, ReferralEvents, twoNeeds } from '../testing/referral-events.ts';
import { ChangeQueries } from './change.queries.ts';
import { Places } from './places.ts';

let coordination: RunningCoordination;
let door: Awaited<ReturnType<typeof openDoor>>;
const listeners: Listener[] = [];
beforeAll(async () => {
  coordination = await startCoordination();
  door = await openDoor(coordination);
});
afterEach(() => listeners.splice(0).forEach((each) => each.leave()));
afterAll(async () => {
  await door.close();
  await coordination.close();
});
beforeEach(() => coordination.forget());

async function listen(login: string, lastEventId?: string): Promise<Listener> {
  const listener = await door.listen(login, lastEventId);
  listeners.push(listener);
  return listener;
}

const acknowledged = (log: ReferralEvents): ReferralEvents =>
  log.add(TaskReceived, { ...housing, respondBy: log.in(5 * day) }, by('ines.harbor'));
const changed = (log: ReferralEvents, { taskId }: { taskId: string }, version: number): object => ({
  event: 'changed',
  data: { taskId, referralId: log.referralId, version },
});

describe('A live stream', () => {
  it('sends an agency the changes of its own Tasks, once they are sent, as ids and a version', async () => {
    const harbor = await listen('ines.harbor');
    expect(harbor.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-correlation-id': expect.any(String),
    });
    const log = twoNeeds(coordination.clock.now());
    await coordination.publish(log.envelopes.slice(0, 5));
    await coordination.publish(log.envelopes.slice(5));
    expect(await harbor.next()).toMatchObject([changed(log, housing, 6)]);
    await coordination.publish(acknowledged(log).envelopes.slice(-1));
    expect(await harbor.next()).toMatchObject([changed(log, housing, 7)]);
    expect(harbor.quiet()).toBe(true);
  });

  it('sends drafts to sender and coordinator too, and nothing to other agencies', async () => {
    const [sender, coordinator, lakeside] = [
      await listen('dana.planner'),
      await listen('cora.coordinator'),
      await listen('iris.lakeside'),
    ];
    const log = twoNeeds(coordination.clock.now());
    await coordination.publish(log.envelopes);
    for (const listener of [sender, coordinator]) {
      const received = await listener.next(2);
      expect(received).toMatchObject([changed(log, housing, 6), changed(log, counseling, 5)]);
    }
    log.sent(counseling, 'mental-health', 'lakeside');
    await coordination.publish(log.envelopes.slice(-1));
    expect(await lakeside.next()).toMatchObject([changed(log, counseling, 7)]);
    expect(lakeside.quiet()).toBe(true);
  });

  it('sends a change of a need whose Tasks did not change', async () => {
    const coordinator = await listen('cora.coordinator');
    const log = new ReferralEvents(idNumber(1, 5)).created().need(housing.serviceRequestId, 'housing');
    await coordination.publish(log.envelopes);
    expect(await coordinator.next()).toMatchObject([
      { event: 'changed', data: { taskId: null, referralId: log.referralId, version: 2 } },
    ]);
  });

  it('sends nothing to a sender about a Task from which nothing may be reported', async () => {
    const log = twoNeeds(coordination.clock.now());
    log.add(TaskReturnPathChanged, { ...housing, returnPath: 'none' });
    await coordination.publish(log.envelopes);
    const [sender, harbor] = [await listen('dana.planner'), await listen('ines.harbor')];
    acknowledged(log).add(NeedSettled, { serviceRequestId: housing.serviceRequestId, result: 'met' });
    await coordination.publish(log.envelopes.slice(-2));
    expect(await harbor.next()).toMatchObject([changed(log, housing, 8)]);
    const other = { serviceRequestId: counseling.serviceRequestId, taskId: counseling.taskId };
    log.sent(other, 'mental-health', 'lakeside');
    await coordination.publish(log.envelopes.slice(-1));
    expect(await sender.next()).toMatchObject([changed(log, counseling, 10)]);
  });

  it('sends the agencies that could claim a pool Task that it is gone', async () => {
    const log = new ReferralEvents(idNumber(1, 2)).created().need(housing.serviceRequestId, 'housing');
    log.add(TaskDrafted, { ...housing, need: 'housing', assignment: 'pool' });
    log.sent(housing, 'housing', 'harbor-house', {
      recipientOrganizationId: undefined,
      eligibleOrganizationIds: [org('harbor-house'), org('open-door')],
    });
    await coordination.publish(log.envelopes);
    const harbor = await listen('ines.harbor');
    const claim = { ownerId: by('ivan.opendoor').id as string, recipientOrganizationId: org('open-door') };
    log.add(TaskAccepted, { ...housing, ...claim, claimed: true, firstContactBy: log.in(2 * day) });
    await coordination.publish(log.envelopes.slice(-1));
    expect(await harbor.next()).toMatchObject([changed(log, housing, 5)]);
  });

  it('continues where its reader left off, with nothing repeated or skipped', async () => {
    const log = twoNeeds(coordination.clock.now());
    const before = await listen('ines.harbor');
    await coordination.publish(log.envelopes);
    await before.next();
    const place = before.lastId();
    before.leave();
    await coordination.publish(acknowledged(log).envelopes.slice(-1));
    const after = await listen('ines.harbor', place);
    expect(await after.next()).toMatchObject([changed(log, housing, 7)]);
    expect(after.quiet()).toBe(true);
  });

  it('can be resumed by a reader who received nothing yet', async () => {
    const log = twoNeeds(coordination.clock.now());
    await coordination.publish(log.envelopes);
    const quiet = await listen('ines.harbor');
    while (quiet.lastId() === '') await new Promise((resolve) => setTimeout(resolve, 5));
    const place = quiet.lastId();
    quiet.leave();
    await coordination.publish(acknowledged(log).envelopes.slice(-1));
    expect(await (await listen('ines.harbor', place)).next()).toMatchObject([changed(log, housing, 7)]);
  });

  it('sends a reset to a reader who was away too long', async () => {
    const log = twoNeeds(coordination.clock.now());
    await coordination.publish(log.envelopes);
    coordination.clock.advance({ hours: 25 });
    await coordination.publish(acknowledged(log).envelopes.slice(-1));
    await coordination.service.app.get(ChangeQueries, { strict: false }).forget();
    const { first, last } = await coordination.service.app.get(ChangeQueries, { strict: false }).kept();
    expect(first).toBe(last);
    const { secrets } = coordination.service.app.get<DeploymentConfig>(DEPLOYMENT, { strict: false });
    const places = new Places(secrets.cookieKeys[0] ?? '', `organization ${org('harbor-house')}`);
    const eventIdOf = (changeId: number): string => places.idOf(changeId);
    for (const place of [eventIdOf(first - 2), eventIdOf(last + 1), 'never']) {
      const reader = await listen('ines.harbor', place);
      expect(await reader.next()).toEqual([{ id: eventIdOf(last), event: 'reset', data: {} }]);
    }
  });

  it('gets changes that another process committed', async () => {
    const harbor = await listen('ines.harbor');
    const log = twoNeeds(coordination.clock.now());
    await coordination.publish(log.envelopes);
    await harbor.next();
    const elsewhere = statement(
      'another process',
      `insert into change (at, referral_id, task_id, version, sender_organization_id, agency_ids, told_to_sender)
       values (now(), $1, $2, 9, null, array[$3::uuid], false)`,
    );
    await coordination.unitOfWork.run({ kind: 'system', key: '' }, (tx) =>
      tx.query(elsewhere, [log.referralId, housing.taskId, org('harbor-house')]),
    );
    expect(await harbor.next()).toMatchObject([changed(log, housing, 9)]);
  });

  it('skips no change that is committed after a later one', async () => {
    const harbor = await listen('ines.harbor');
    const referrals = [11, 12, 13, 14, 15, 16].map((number) => {
      const task = { serviceRequestId: idNumber(2, number), taskId: idNumber(3, number) };
      const log = new ReferralEvents(idNumber(1, number)).created().need(task.serviceRequestId, 'food');
      return log.drafted(task, 'food', 'harbor-house', 'harbor-beds').sent(task, 'food', 'harbor-house');
    });
    await Promise.all(referrals.map(({ envelopes }) => coordination.handle(envelopes)));
    const received = await harbor.next(6);
    const tasks = received.map(({ data }) => (data as { taskId: string }).taskId);
    expect(tasks.toSorted()).toEqual(referrals.map((_, index) => idNumber(3, 11 + index)));
  });

  it('is one of ten that a person has: the eleventh ends the oldest with a last block, the others continue [S5]', async () => {
    const streams: Listener[] = [];
    for (let each = 0; each < 11; each += 1) streams.push(await listen('ines.harbor'));
    await streams[0]?.ended;
    expect(await streams[0]?.next()).toMatchObject([{ event: 'replaced' }]);
    const log = twoNeeds(coordination.clock.now());
    await coordination.publish(log.envelopes);
    for (const stream of streams.slice(1)) expect(await stream.next()).toMatchObject([changed(log, housing, 6)]);
  });

  it('does not reveal by its ids how active others are [S14]', async () => {
    const [harbor, coordinator] = [await listen('ines.harbor'), await listen('cora.coordinator')];
    const log = twoNeeds(coordination.clock.now());
    await coordination.publish(log.envelopes);
    await Promise.all([harbor.next(), coordinator.next(2)]);
    expect(harbor.lastId()).toMatch(/^[\w-]{22}$/);
    // an id of one organization is nothing in another
    const elsewhere = await listen('iris.lakeside', harbor.lastId());
    expect(await elsewhere.next()).toMatchObject([{ event: 'reset' }]);
  });

  it('is for staff with a token', async () => {
    expect((await coordination.ask('st-brigid-ehr', 'live')).status).toBe(403);
  });
});

describe('A stop of the service', () => {
  it('ends every stream at once', async () => {
    const own = await startCoordination();
    const ownDoor = await openDoor(own);
    const listener = await ownDoor.listen('ines.harbor');
    await own.close();
    await listener.ended;
    await ownDoor.close();
  });
});

describe('An organization', () => {
  it('has a limit of streams: one more is refused with a reason until one has ended, others are let in [S5]', async () => {
    const own = await startCoordination({ LIVE_STREAMS_PER_ORGANIZATION: '10' });
    const ownDoor = await openDoor(own);
    const open = (login: string): Promise<Listener> => ownDoor.listen(login);
    const kept: Listener[] = [];
    for (let each = 0; each < 10; each += 1) kept.push(await open('ines.harbor'));
    const refused = await open('abel.harbor');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '30']);
    expect((await open('iris.lakeside')).status).toBe(200);
    expect((await open('ines.harbor')).status).toBe(200);
    await kept[0]?.ended;
    expect((await own.ask<{ detail: string }>('abel.harbor', 'live')).body.detail).toContain('live streams open');
    await own.close();
    await ownDoor.close();
  });
});
