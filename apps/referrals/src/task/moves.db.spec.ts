import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedOrganizationId, type ReferralView, type TaskView } from '#contracts';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

let referrals: RunningReferrals;
let beds: string;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  beds = await referrals.offers('harbor-house', 'housing', []);
});
afterAll(() => referrals.close());

const read = (referralId: string): Promise<Answered<ReferralView>> =>
  referrals.ask<ReferralView>('dana.planner', `referrals/${referralId}`);
const taskOf = ({ needs }: ReferralView): TaskView => needs[0]?.tasks[0] as TaskView;
const act = async (login: string, taskId: string, action: string, body: object = {}): Promise<Answered<TaskView>> => {
  const { version } = (await referrals.ask<TaskView>(login, `tasks/${taskId}`)).body;
  return referrals.command<TaskView>(login, `tasks/${taskId}/${action}`, body, version);
};
const made = (): Promise<ReferralView> => referrals.referral([['housing', beds]]);

describe('the note of a reason that needs one', () => {
  it('is required, and then stored: of a settlement for the sender to read [W12]', async () => {
    const referral = await made();
    const [need] = referral.needs;
    await act('dana.planner', taskOf(referral).taskId, 'withdraw', { reason: 'service-discontinued' });
    const path = `service-requests/${need?.serviceRequestId}/settle`;
    for (const note of [undefined, ' ', '--']) {
      const refused = await referrals.command('dana.planner', path, { reason: 'other', note });
      expect([refused.status, refused.body]).toMatchObject([400, { errors: [{ field: 'note' }] }]);
    }
    const settled = await referrals.command('dana.planner', path, { reason: 'other', note: 'Found a room herself.' });
    expect(settled.status).toBe(200);
    expect((await read(referral.referralId)).body.needs).toMatchObject([
      { result: 'unmet', settledReason: 'other', settledNote: 'Found a room herself.' },
    ]);
  });

  it.each(['withdraw', 'mark-error'])('is required by %s [W12]', async (action) => {
    const { taskId } = taskOf(await made());
    const refused = await act('dana.planner', taskId, action, { reason: 'other' });
    expect([refused.status, refused.body]).toMatchObject([400, { errors: [{ field: 'note' }] }]);
    expect((await act('dana.planner', taskId, action, { reason: 'other', note: 'Wrong person.' })).status).toBe(200);
  });

  it('is required by the withdrawal of a referral, and stored with what it ends [W12]', async () => {
    const { referralId, version, ...referral } = await made();
    const path = `referrals/${referralId}/withdraw`;
    const refused = await referrals.command('dana.planner', path, { reason: 'other' }, version);
    expect([refused.status, refused.body]).toMatchObject([400, { errors: [{ field: 'note' }] }]);
    const answer = await referrals.command('dana.planner', path, { reason: 'other', note: 'A new plan.' }, version);
    expect(answer.status).toBe(200);
    const messages = await referrals.ask('dana.planner', `tasks/${taskOf(referral as ReferralView).taskId}/messages`);
    expect(messages.body).toMatchObject({ items: [{ kind: 'note', text: 'A new plan.' }] });
  });
});

describe('a Task that waits for consent', () => {
  it('does not offer `send` before consent covers it, and is then sent by itself [W15]', async () => {
    const referral = await made();
    const { taskId } = taskOf(referral);
    await referrals.allows(referral.clientId, 'open-door', ['core-contact', 'stated-need']);
    const waiting = await act('dana.planner', taskId, 'send');
    expect(waiting.body.state).toBe('awaiting-consent');
    const seen = await referrals.ask<TaskView>('dana.planner', `tasks/${taskId}`);
    const listed = await referrals.ask<{ items: TaskView[] }>('dana.planner', 'tasks/query', { taskIds: [taskId] });
    const whole = taskOf((await read(referral.referralId)).body);
    for (const { legalMoves } of [waiting.body, seen.body, listed.body.items[0] as TaskView, whole]) {
      expect(legalMoves.map(({ action }) => action)).not.toContain('send');
    }
    expect((await act('dana.planner', taskId, 'send')).status).toBe(409);
    await referrals.allows(referral.clientId, 'harbor-house', ['core-contact', 'stated-need']);
    const covered = (await referrals.ask<TaskView>('dana.planner', `tasks/${taskId}`)).body;
    expect(covered.state).toBe('sent');
  });
});

describe('a service that was closed', () => {
  it('is sent nobody: the refusal says what to do, and `send` is not offered [W7]', async () => {
    const service = await referrals.offers('open-door', 'housing', []);
    const referral = await referrals.referral([['housing', service]]);
    const { taskId } = taskOf(referral);
    await referrals.allows(referral.clientId, 'open-door', ['core-contact', 'stated-need']);
    const of = {
      healthcareServiceId: service,
      organizationId: seedOrganizationId('open-door'),
      need: 'housing',
    } as const;
    await referrals.opens({ ...of, asked: [] }, 'closed');
    const refused = await act('dana.planner', taskId, 'send');
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { guard: 'serviceIsOpen', facts: { healthcareServiceId: service }, detail: expect.stringContaining('another') },
    ]);
    const { legalMoves } = (await referrals.ask<TaskView>('dana.planner', `tasks/${taskId}`)).body;
    expect(legalMoves.map(({ action }) => action)).not.toContain('send');
    await referrals.opens({ ...of, asked: [] }, 'waitlist');
    expect((await act('dana.planner', taskId, 'send')).body.state).toBe('sent');
  });
});

describe('a completion', () => {
  it('with an outcome of another need is refused, and the refusal lists those of this need [W4]', async () => {
    const referral = await made();
    const { taskId } = taskOf(referral);
    await referrals.allows(referral.clientId, 'harbor-house', ['core-contact', 'stated-need']);
    await referrals.send(taskId);
    const ownerId = await referrals.knows('ines.harbor');
    expect((await act('ines.harbor', taskId, 'accept', { ownerId })).status).toBe(200);
    const outputs = [{ kind: 'placement', at: referrals.at.clock.now() }];
    const refused = await act('ines.harbor', taskId, 'complete', { outcome: 'employed', outputs });
    expect([refused.status, refused.body]).toMatchObject([
      400,
      {
        errors: [{ field: 'outcome', allowed: ['housed', 'placed-in-shelter', 'service-provided', 'partly-provided'] }],
      },
    ]);
  });
});
