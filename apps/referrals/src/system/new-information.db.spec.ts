import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Category, ReferralView, TaskView } from '#contracts';
import { RunningReferrals } from '../testing/running-referrals.ts';

const text = Buffer.from('Sober since June.');
const all: readonly Category[] = ['core-contact', 'stated-need', 'mental-health'];
const mara = { given: 'Mara', family: 'Quill', birthDate: '1984-05-06', language: 'en', contactProhibited: false };

let referrals: RunningReferrals;
let clinic: string;
let other: string;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  clinic = await referrals.offers('lakeside', 'mental-health', ['mental-health']);
  other = await referrals.offers('northway', 'mental-health', ['mental-health']);
});
afterAll(() => referrals.close());

const taskOf = ({ needs }: ReferralView): string => (needs[0]?.tasks[0] as TaskView).taskId;
const seenBy = async (login: string, taskId: string): Promise<TaskView> =>
  (await referrals.ask<TaskView>(login, `tasks/${taskId}`)).body;
const openBy = async (login: string, taskId: string): Promise<void> => {
  const { status, text: answer } = await referrals.ask(login, `tasks/${taskId}/packet`, {
    purpose: 'care-coordination',
  });
  if (status !== 200) throw new Error(answer);
};
const notifications = async (taskId: string): Promise<number> => {
  await referrals.at.service.settle();
  const [row] = await referrals.rows<{ times: string }>(
    `select count(*) as times from referrals.event where type = 'referral.task.information-changed' and data ->> 'taskId' = $1`,
    [taskId],
  );
  return Number(row?.times);
};
const addDocument = async (referralId: string, category: Category): Promise<void> => {
  const { status, text: answer } = await referrals.command('dana.planner', `referrals/${referralId}/attachments`, {
    ...{ kind: 'discharge-summary', title: 'Discharge summary', categories: [category] },
    ...{ contentType: 'text/plain', base64: text.toString('base64') },
  });
  if (status !== 201) throw new Error(answer);
};
const correct = async (clientId: string, change: object): Promise<void> => {
  const before = await referrals.ask('dana.planner', `clients/${clientId}`);
  const etag = String(before.headers['etag']);
  const { statusCode, body } = await referrals.at.ask('dana.planner', {
    ...{ method: 'PUT', path: `clients/${clientId}`, body: { ...mara, ...change } },
    headers: { 'idempotency-key': referrals.at.ids.next(), 'if-match': etag },
  });
  if (statusCode !== 200) throw new Error(body);
};

async function opened(categories: readonly Category[] = all): Promise<ReferralView & { readonly taskId: string }> {
  const made = await referrals.referral([['mental-health', clinic]]);
  await referrals.allows(made.clientId, 'lakeside', categories);
  await referrals.send(taskOf(made));
  await openBy('iris.lakeside', taskOf(made));
  return { ...made, taskId: taskOf(made) };
}

describe('an agency that has read the packet', () => {
  it('is notified of a document that it may open, once until it opens the packet again [W18]', async () => {
    const { referralId, taskId } = await opened();
    await addDocument(referralId, 'mental-health');
    expect(await notifications(taskId)).toBe(1);
    await addDocument(referralId, 'mental-health');
    expect(await notifications(taskId)).toBe(1);
    expect((await seenBy('iris.lakeside', taskId)).newInformation).toBe(true);
    expect((await seenBy('dana.planner', taskId)).newInformation).toBe(false);
    await openBy('iris.lakeside', taskId);
    expect((await seenBy('iris.lakeside', taskId)).newInformation).toBe(false);
    await addDocument(referralId, 'mental-health');
    expect(await notifications(taskId)).toBe(2);
  });

  it('is not notified of a document that is withheld from it [W18]', async () => {
    const { referralId, taskId } = await opened(['core-contact', 'stated-need']);
    await addDocument(referralId, 'mental-health');
    expect(await notifications(taskId)).toBe(0);
    expect((await seenBy('iris.lakeside', taskId)).newInformation).toBe(false);
  });

  it.each([
    ['a corrected telephone number', { phone: '+1 555 010 7788' }],
    ['another name', { given: 'Maren' }],
    ['an address', { address: { line: '1 Quay', city: 'Riverton', postalCode: '01001' } }],
    ['a way to contact safely', { safeContact: { channel: 'phone', hours: 'mornings' } }],
  ])('is notified of %s [W18]', async (_what, change) => {
    const { clientId, taskId } = await opened();
    await correct(clientId, change);
    expect(await notifications(taskId)).toBe(1);
  });

  it('is not notified of a record that was saved without a change [W18]', async () => {
    const { clientId, taskId } = await opened();
    await correct(clientId, {});
    expect(await notifications(taskId)).toBe(0);
  });

  it('is notified in each of the client’s referrals, and not after its access ended [W18]', async () => {
    const first = await opened();
    const second = await referrals.command<ReferralView>('dana.planner', 'referrals', {
      ...{
        client: { clientId: first.clientId },
        priority: 'routine',
        needs: [referrals.need('mental-health', clinic)],
      },
    });
    await referrals.send(taskOf(second.body));
    await openBy('iris.lakeside', taskOf(second.body));
    const { version } = await seenBy('iris.lakeside', first.taskId);
    await referrals.command('iris.lakeside', `tasks/${first.taskId}/decline`, { reason: 'no-capacity' }, version);
    await correct(first.clientId, { phone: '+1 555 010 7799' });
    expect([await notifications(first.taskId), await notifications(taskOf(second.body))]).toEqual([0, 1]);
  });

  it('is notified of details that the sender gave to another agency of the same need [W18]', async () => {
    await referrals.offersToSeveral();
    const made = await opened();
    await referrals.allows(made.clientId, 'northway', all);
    const { body: second } = await referrals.command<TaskView>(
      'dana.planner',
      `service-requests/${made.needs[0]?.serviceRequestId ?? ''}/tasks`,
      { healthcareServiceId: other },
    );
    await referrals.send(second.taskId);
    const asked = await seenBy('ian.northway', second.taskId);
    const question = { question: 'Since when?' };
    const { body: waiting } = await referrals.command<TaskView>(
      'ian.northway',
      `tasks/${second.taskId}/ask`,
      question,
      asked.version,
    );
    const reply = { reply: 'Since May.', details: [{ category: 'mental-health', text: 'Since May.' }] };
    const answered = await referrals.command('dana.planner', `tasks/${second.taskId}/reply`, reply, waiting.version);
    expect([answered.status, await notifications(made.taskId), await notifications(second.taskId)]).toEqual([
      200, 1, 0,
    ]);
  });
});

describe('an agency that has not opened the packet', () => {
  it('is notified of nothing: it will find everything there [W18]', async () => {
    const made = await referrals.referral([['mental-health', clinic]]);
    await referrals.allows(made.clientId, 'lakeside', all);
    await referrals.send(taskOf(made));
    await addDocument(made.referralId, 'mental-health');
    await correct(made.clientId, { phone: '+1 555 010 7788' });
    expect(await notifications(taskOf(made))).toBe(0);
  });
});
