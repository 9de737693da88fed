import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReferralChanged, TaskWithdrawn, type InboxRowView } from '#contracts';
import type { Page } from '#service';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';
import { hour, idNumber, ReferralEvents } from '../testing/referral-events.ts';

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
});
afterAll(() => coordination.close());
beforeEach(() => coordination.forget());

const inbox = async (login: string, query = ''): Promise<readonly InboxRowView[]> =>
  (await coordination.ask<Page<InboxRowView>>(login, `inbox${query}`)).body.items;

describe('The most urgent stands first', () => {
  /** Handles the events of needs whose Tasks are due in so many hours of a day. */
  async function handleSent(dueIn: readonly number[], priority: 'routine' | 'urgent', from: number): Promise<void> {
    for (const [index, hours] of dueIn.entries()) {
      const task = { serviceRequestId: idNumber(2, from + index), taskId: idNumber(3, from + index) };
      const log = new ReferralEvents(idNumber(1, from + index), coordination.clock.now()).created(priority);
      log.need(task.serviceRequestId, 'housing').drafted(task, 'housing', 'harbor-house', 'harbor-beds');
      const started = log.now;
      log.wait((hours - 24) * hour).sent(task, 'housing', 'harbor-house', {
        priority,
        acknowledgeBy: new Date(Date.parse(started) + hours * hour).toISOString(),
      });
      await coordination.handle(log.envelopes);
    }
  }

  const order = async (query = ''): Promise<readonly string[]> =>
    (await inbox('ines.harbor', query)).map(({ taskId, dueGroup }) => `${Number(taskId.slice(-4))} ${dueGroup}`);

  it('by group, then by due time; an urgent one is critical at once, a routine one after its own length', async () => {
    await handleSent([20, 2, -3, -30], 'routine', 1);
    await handleSent([-1, 30], 'urgent', 5);
    const expected = [
      '4 critically-overdue',
      '5 critically-overdue',
      '3 overdue',
      '2 due-soon',
      '1 not-due',
      '6 not-due',
    ];
    expect(await order()).toEqual(expected);
    expect(await order('?group=critically-overdue')).toEqual(expected.slice(0, 2));
  });

  it('and changes with time', async () => {
    await handleSent([2], 'routine', 1);
    expect(await order()).toEqual(['1 due-soon']);
    coordination.clock.advance({ hours: 3 });
    expect(await order()).toEqual(['1 overdue']);
    coordination.clock.advance({ hours: 24 });
    expect(await order()).toEqual(['1 critically-overdue']);
  });

  it('page by page, with nothing repeated or skipped while new ones come and time passes', async () => {
    await handleSent([20, 2, -3, -30, 14, 1, -2, -40, 13], 'routine', 1);
    const first = await coordination.ask<Page<InboxRowView>>('ines.harbor', 'inbox?limit=4');
    const seen = first.body.items.map(({ taskId }) => taskId);
    coordination.clock.advance({ hours: 12 });
    await handleSent([-50], 'routine', 20);
    let next = first.body.next;
    while (next !== null) {
      const page = await coordination.ask<Page<InboxRowView>>('ines.harbor', `inbox?limit=4&cursor=${next}`);
      seen.push(...page.body.items.map(({ taskId }) => taskId));
      next = page.body.next;
    }
    expect(seen.map((id) => Number(id.slice(-4)))).toEqual([8, 4, 3, 7, 6, 2, 9, 5, 1]);
  });

  it('and ended ones come last, the newest of them first', async () => {
    for (const number of [1, 2]) {
      const log = new ReferralEvents(idNumber(1, number), coordination.clock.now()).created();
      const task = { serviceRequestId: idNumber(2, number), taskId: idNumber(3, number) };
      log.need(task.serviceRequestId, 'food').drafted(task, 'food', 'harbor-house', 'harbor-beds');
      log.sent(task, 'food', 'harbor-house').add(TaskWithdrawn, { ...task, reason: 'duplicate', by: 'sender' });
      await coordination.handle(log.envelopes);
    }
    await handleSent([-30], 'routine', 7);
    expect(await order()).toEqual(['7 critically-overdue', '2 none', '1 none']);
    expect(await order('?limit=2')).toEqual(['7 critically-overdue', '2 none']);
    expect(await order('?group=none')).toEqual(['2 none', '1 none']);
  });

  it('a change of the referral’s priority changes what is critical', async () => {
    await handleSent([-1], 'routine', 1);
    const log = new ReferralEvents(idNumber(1, 1)).add(ReferralChanged, { priority: 'urgent' });
    await coordination.handle(log.envelopes.map((each) => ({ ...each, streamVersion: 9 })));
    expect(await order()).toEqual(['1 critically-overdue']);
  });
});
