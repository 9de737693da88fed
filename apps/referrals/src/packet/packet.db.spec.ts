import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PacketView, TaskView } from '#contracts';
import { RunningReferrals } from '../testing/running-referrals.ts';

let referrals: RunningReferrals;
let beds: string;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  beds = await referrals.offers('harbor-house', 'housing', []);
});
afterAll(() => referrals?.close());

it('a packet has every message of its Task, however many there are', async () => {
  const made = await referrals.referral([['housing', beds]]);
  await referrals.allows(made.clientId, 'harbor-house', ['core-contact', 'stated-need']);
  const { taskId } = made.needs[0]?.tasks[0] as TaskView;
  await referrals.send(taskId);
  await referrals.rows(
    `insert into referrals.message (message_id, task_id, referral_id, service_request_id, client_id,
       author_organization_id, sender_organization_id, side, kind, text, at)
     select gen_random_uuid(), t.task_id, t.referral_id, (t.row ->> 'serviceRequestId')::uuid, $2,
       (t.row ->> 'senderOrganizationId')::uuid, (t.row ->> 'senderOrganizationId')::uuid, 'sender', 'reply',
       'Reply ' || number, now() + number * interval '1 ms'
     from referrals.task t, generate_series(1, 1001) number where t.task_id = $1`,
    [taskId, made.clientId],
  );
  const { status, body } = await referrals.ask<PacketView>('ines.harbor', `tasks/${taskId}/packet`, {
    purpose: 'care-coordination',
  });
  expect([status, body.messages.map((each) => each.text)]).toEqual([
    200,
    Array.from({ length: 1001 }, (_, index) => `Reply ${index + 1}`),
  ]);
});
