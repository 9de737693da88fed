import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContactAttemptsNeeded, InboxRowView, NetworkView, ReferralView, TaskView } from '#contracts';
import { FakeClock } from '#testing';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person, type Reply } from '../stories/people.ts';
import { act, personId, sent, task, type Items } from '../stories/scene.ts';

const minutes = (from: string | null, to: string | null): number =>
  (Date.parse(to as string) - Date.parse(from as string)) / 60_000;

/** contract.md §2.4 PUT /network/policy; domain.md §2.6 and §2.8: overridable per network. */
describe('a network that sets its own timers', () => {
  const clock = new FakeClock(new Date().toISOString());
  let deployment: TestDeployment;
  // a token lasts 15 minutes of this clock, so everybody signs in again
  const [nora, ines, cora] = ['nora.network', 'ines.harbor', 'cora.coordinator'].map(
    (login) => (): Person => new Person(deployment, login),
  ) as [() => Person, () => Person, () => Person];

  beforeAll(async () => {
    deployment = await openDeployment({ clock });
  });

  afterAll(() => deployment.close());

  async function decide(timers: unknown, attempts?: ContactAttemptsNeeded): Promise<Reply> {
    const { etag } = await nora().ask('GET', '/api/directory/network');
    const policy = { reroute: 'propose', offer: 'single', declineReview: false, timers, ...(attempts && { attempts }) };
    const version = Number((etag ?? '').replaceAll('"', ''));
    const reply = await nora().command('PUT', '/api/directory/network/policy', policy, version);
    await deployment.settle();
    return reply;
  }

  /** Moves the clock; due timers fire, and every service reads the events. */
  async function after(by: Parameters<FakeClock['advance']>[0]): Promise<void> {
    clock.advance(by);
    await deployment.settle();
  }

  const acknowledgeBy = ({ timers }: TaskView): string | null =>
    timers.find((each) => each.timer === 'acknowledge-by')?.dueAt ?? null;

  async function milestonesOf(referralId: string, timer = 'acknowledge-by'): Promise<readonly string[]> {
    const { items } = await cora().get<Items<{ type: string; flags: readonly string[] }>>(
      `/api/coordination/referrals/${referralId}/timeline`,
    );
    return items
      .filter(({ type, flags }) => type === 'referral.task.escalated' && flags[0] === timer)
      .flatMap(({ flags }) => flags.slice(1));
  }

  async function inboxRow(taskId: string): Promise<Partial<InboxRowView> | undefined> {
    await deployment.settle();
    const { items } = await ines().get<Items<InboxRowView>>('/api/coordination/inbox');
    return items.find((row) => row.taskId === taskId);
  }

  it('gets the name of a wrong field, and keeps its policy', async () => {
    const ack = { timer: 'acknowledge-by', routineMinutes: 60, urgentMinutes: 30 };
    for (const [timers, field] of [
      [[{ ...ack, timer: 'answer-by' }], 'timers[0].timer'],
      // it lasts until the review date that the agency names, so no length of it could have an effect
      [[{ ...ack, timer: 'waitlist-review' }], 'timers[0].timer'],
      [[{ ...ack, routineMinutes: 0 }], 'timers[0].routineMinutes'],
      [[ack, { ...ack, timer: 'respond-by', urgentMinutes: -5 }], 'timers[1].urgentMinutes'],
      [[{ ...ack, routineMinutes: 365 * 24 * 60 + 1 }], 'timers[0].routineMinutes'],
      [[{ ...ack, urgentMinutes: 1.5 }], 'timers[0].urgentMinutes'],
      [[{ timer: 'acknowledge-by', routineMinutes: 60 }], 'timers[0].urgentMinutes'],
      [[ack, ack], 'timers[1].timer'],
      ['sixty', 'timers'],
    ] as const) {
      const { status, body } = await decide(timers);
      const { errors } = body as { errors: readonly { field: string }[] };
      expect([status, errors.map((each) => each.field)]).toEqual([400, [field]]);
    }
    expect((await nora().get<NetworkView>('/api/directory/network')).policy.timers).toEqual([]);
  });

  it('affects Tasks sent from then on; one sent before keeps its own timers', async () => {
    const before = await sent(deployment);
    const reply = await decide([{ timer: 'acknowledge-by', routineMinutes: 60, urgentMinutes: 30 }]);
    expect([reply.status, reply.text]).toEqual([200, expect.stringContaining('"routineMinutes":60')]);
    const since = await sent(deployment);

    const [old, young] = [await task(ines(), before.taskId), await task(ines(), since.taskId)];
    expect(minutes(old.sentAt, acknowledgeBy(old))).toBe(3 * 24 * 60);
    expect(minutes(young.sentAt, acknowledgeBy(young))).toBe(60);

    // 50 %: the agency is reminded; 80 %: its administrator; 100 %: the coordinator; each once, and the views change with
    // it
    expect([young.dueGroup, await milestonesOf(since.referralId)]).toEqual(['not-due', []]);
    expect(await inboxRow(since.taskId)).toMatchObject({ dueAt: acknowledgeBy(young), dueGroup: 'not-due' });
    for (const [passing, escalated, group] of [
      [29, [], 'not-due'],
      [1, ['reminded'], 'due-soon'],
      [18, ['reminded', 'supervisor'], 'due-soon'],
      [12, ['reminded', 'supervisor', 'coordinator'], 'overdue'],
      [30, ['reminded', 'supervisor', 'coordinator'], 'overdue'],
    ] as const) {
      await after({ minutes: passing });
      expect(await milestonesOf(since.referralId)).toEqual(escalated);
      expect((await task(ines(), since.taskId)).dueGroup).toBe(group);
      expect(await inboxRow(since.taskId)).toMatchObject({ dueAt: acknowledgeBy(young), dueGroup: group });
    }
    // 200 %: nobody answered.
    await after({ minutes: 30 });
    expect((await task(ines(), since.taskId)).state).toBe('expired');

    expect(await milestonesOf(before.referralId)).toEqual([]);
    expect(await task(ines(), before.taskId)).toMatchObject({ state: 'sent', dueGroup: 'not-due' });
    expect(acknowledgeBy(await task(ines(), before.taskId))).toBe(acknowledgeBy(old));
  });

  it('has the default again once it removes its own', async () => {
    await decide([{ timer: 'respond-by', routineMinutes: 90, urgentMinutes: 30 }]);
    const { taskId } = await sent(deployment);
    const received = await act(ines(), taskId, 'acknowledge', {});
    expect(received).toMatchObject({ dueTimer: 'respond-by' });
    expect(minutes(received.receivedAt, received.dueAt)).toBe(90);
    expect((await decide(undefined)).status).toBe(200);
    const next = await sent(deployment);
    expect(minutes((await task(ines(), next.taskId)).sentAt, acknowledgeBy(await task(ines(), next.taskId)))).toBe(
      4320,
    );
    const answered = await act(ines(), next.taskId, 'acknowledge', {});
    expect(minutes(answered.receivedAt, answered.dueAt)).toBe(5 * 24 * 60);
    expect(await task(ines(), taskId)).toMatchObject({ dueAt: received.dueAt });
  });

  it('that shortens the lead before a planned day gets its reminder then, and not before', async () => {
    const { referralId, taskId } = await sent(deployment);
    const dana = new Person(deployment, 'dana.planner');
    const neededBy = new Date(Date.parse(clock.now()) + 72 * 3_600_000).toISOString();
    const { version } = await dana.get<ReferralView>(`/api/referrals/referrals/${referralId}`);
    const moved = await dana.command('PATCH', `/api/referrals/referrals/${referralId}`, { neededBy }, version);
    expect(moved.status).toBe(200);
    await decide([{ timer: 'needed-by', routineMinutes: 720, urgentMinutes: 720 }]);
    await after({ hours: 48 });
    expect(await milestonesOf(referralId, 'needed-by')).toEqual([]);
    await after({ hours: 12 });
    expect(await milestonesOf(referralId, 'needed-by')).toEqual(['coordinator']);
    await after({ hours: 11 });
    expect(await milestonesOf(referralId, 'needed-by')).toEqual(['coordinator']);
    expect((await task(ines(), taskId)).state).toBe('sent');
  });

  it('may call a client out of reach after fewer attempts than usual', async () => {
    const { taskId } = await sent(deployment);
    await act(ines(), taskId, 'accept', { ownerId: personId('ines.harbor') });
    const attempt = { kind: 'contact-attempted', channel: 'phone', reached: false, at: clock.now() };
    await act(ines(), taskId, 'progress', attempt);
    const giveUp = async (): Promise<Reply> => {
      const { version } = await task(ines(), taskId);
      const reason = { reason: 'unable-to-contact' };
      return ines().command('POST', `/api/referrals/tasks/${taskId}/not-complete`, reason, version);
    };
    expect(await giveUp()).toMatchObject({ status: 409, body: { facts: { neededCount: 3, neededChannels: 2 } } });
    const reply = await decide(undefined, { count: 1, channels: 1, businessDays: 0 });
    expect([reply.status, reply.text]).toEqual([200, expect.stringContaining('"businessDays":0')]);
    expect((await giveUp()).status).toBe(200);
  });
});
