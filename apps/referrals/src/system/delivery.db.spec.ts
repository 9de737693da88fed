import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskView } from '#contracts';
import { RunningReferrals } from '../testing/running-referrals.ts';

let referrals: RunningReferrals;
let beds: string;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  beds = await referrals.offers('harbor-house', 'housing', []);
});
afterAll(() => referrals.close());

async function sent(): Promise<{ readonly taskId: string; readonly referralId: string }> {
  const made = await referrals.referral([['housing', beds]]);
  await referrals.allows(made.clientId, 'harbor-house', ['core-contact', 'stated-need']);
  const { taskId } = made.needs[0]?.tasks[0] as TaskView;
  await referrals.send(taskId);
  return { taskId, referralId: made.referralId };
}

const timersOf = async (taskId: string): Promise<readonly string[]> =>
  (await referrals.ask<TaskView>('dana.planner', `tasks/${taskId}`)).body.timers.map(({ timer }) => timer);
const eventsOf = async (referralId: string, type: string): Promise<readonly object[]> => {
  const rows = await referrals.rows<{ data: object }>(
    'select data from referrals.event where stream_key = $1 and type = $2 order by stream_version',
    [referralId, type],
  );
  return rows.map(({ data }) => data);
};

describe('the time to deliver', () => {
  it('ends with the first delivery, which is reported once however many people are notified [W11]', async () => {
    const { taskId, referralId } = await sent();
    expect(await timersOf(taskId)).toContain('deliver-by');
    await referrals.delivered(referralId, taskId);
    await referrals.delivered(referralId, taskId);
    expect(await timersOf(taskId)).not.toContain('deliver-by');
    expect(await eventsOf(referralId, 'referral.task.delivered')).toHaveLength(1);
    referrals.at.clock.advance({ hours: 1 });
    await referrals.at.service.settle();
    expect(await eventsOf(referralId, 'referral.task.escalated')).toEqual([]);
  });

  it('leaves the version unchanged: the next action of a reader is not stale [W11]', async () => {
    const { taskId, referralId } = await sent();
    const { body: read } = await referrals.ask<TaskView>('ines.harbor', `tasks/${taskId}`);
    await referrals.delivered(referralId, taskId);
    const { status } = await referrals.command('ines.harbor', `tasks/${taskId}/acknowledge`, {}, read.version);
    expect(status).toBe(200);
  });

  it('asks the sender to reach the agency another way if nobody was reached [W11]', async () => {
    const { taskId, referralId } = await sent();
    referrals.at.clock.advance({ minutes: 16 });
    await referrals.at.service.settle();
    expect(await eventsOf(referralId, 'referral.task.escalated')).toEqual([
      expect.objectContaining({ taskId, timer: 'deliver-by', milestone: 'supervisor' }),
    ]);
  });
});
