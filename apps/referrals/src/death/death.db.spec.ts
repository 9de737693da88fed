import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientView, QueriedTask, ReferralView, TaskView } from '#contracts';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

let referrals: RunningReferrals;
let beds: string;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  beds = await referrals.offers('harbor-house', 'housing', []);
  await referrals.knows('ines.harbor');
});
afterAll(() => referrals.close());

const taskIdOf = ({ needs }: ReferralView): string => (needs[0]?.tasks[0] as TaskView).taskId;
const packet = (taskId: string): Promise<Answered> =>
  referrals.ask('ines.harbor', `tasks/${taskId}/packet`, { purpose: 'care-coordination' });
const label = async (taskId: string): Promise<unknown> => {
  const { body } = await referrals.ask<{ items: QueriedTask[] }>('ines.harbor', 'tasks/query', { taskIds: [taskId] });
  return body.items[0]?.label;
};
const read = async <T>(path: string): Promise<T> => (await referrals.ask<T>('dana.planner', path)).body;

/** Another referral of a client whom the hospital knows. */
async function another(clientId: string, needs: readonly object[]): Promise<ReferralView> {
  const body = { client: { clientId }, priority: 'routine', needs };
  return (await referrals.command<ReferralView>('dana.planner', 'referrals', body)).body;
}

async function toldDead({ referralId }: ReferralView): Promise<void> {
  const path = `referrals/${referralId}`;
  const { version } = await read<ReferralView>(path);
  const answer = await referrals.command('dana.planner', `${path}/withdraw`, { reason: 'deceased' }, version);
  expect(answer.status).toBe(200);
}

describe('a client who died', () => {
  it('is disclosed in no packet and no label, before the platform has ended the other referrals [W5]', async () => {
    const first = await referrals.referral([['housing', beds]]);
    const second = await another(first.clientId, [referrals.need('housing', beds)]);
    await referrals.allows(first.clientId, 'harbor-house', ['core-contact', 'stated-need']);
    const taskId = taskIdOf(second);
    await referrals.send(taskId);
    expect([(await packet(taskId)).status, await label(taskId)]).toEqual([200, expect.objectContaining({})]);

    await toldDead(first);
    const unknown = await packet(referrals.at.ids.next());
    const [refused, hidden] = [await packet(taskId), await label(taskId)];
    expect((await read<TaskView>(`tasks/${taskId}`)).state).toBe('sent');
    expect([refused.status, refused.text, hidden]).toEqual([404, unknown.text, null]);

    await referrals.at.service.settle();
    expect((await read<TaskView>(`tasks/${taskId}`)).state).toBe('withdrawn');
  });

  it('has every referral ended, including those in which nothing was offered [W5]', async () => {
    const first = await referrals.referral([['housing', beds]]);
    const { healthcareServiceId: _none, ...unoffered } = referrals.need('housing', beds) as Record<string, unknown>;
    const { referralId } = await another(first.clientId, [unoffered]);
    await toldDead(first);
    await referrals.at.service.settle();
    const after = await read<ReferralView>(`referrals/${referralId}`);
    expect([after.needs[0]?.tasks, after.needs[0]?.result, after.closed?.code]).toEqual([
      [],
      'unmet',
      'closed-without-service',
    ]);
  });

  it('is shown as such to who may read the client, until it is taken back [W5]', async () => {
    const referral = await referrals.referral([['housing', beds]]);
    const path = `clients/${referral.clientId}`;
    expect(await read<ClientView>(path)).not.toHaveProperty('deceased');

    const at = referrals.at.clock.now();
    await toldDead(referral);
    referrals.at.clock.advance({ hours: 1 });
    expect((await read<ClientView>(path)).deceased).toBe(at);
    expect((await read<ReferralView>(`referrals/${referral.referralId}`)).client?.deceased).toBe(at);
    expect((await referrals.ask('abel.harbor', path)).status).toBe(404);

    const undone = await referrals.command('dana.planner', `${path}/death/undo`, { reason: 'wrong-person' });
    expect([undone.status, await read<ClientView>(path)]).toEqual([200, undone.body]);
    expect(undone.body).not.toHaveProperty('deceased');
  });
});
