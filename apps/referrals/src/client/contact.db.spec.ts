import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientView, ContactChannel, PacketView, ReferralView, TaskView } from '#contracts';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

const reachable = {
  phone: '+1 555 010 7777',
  email: 'tess@example.org',
  address: { line: '1 Mill Lane', city: 'River', postalCode: '10001' },
};
const safe = (channel: ContactChannel): object => ({ safeContact: { channel, hours: 'Mornings' } });

let referrals: RunningReferrals;
let beds: string;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  beds = await referrals.offers('harbor-house', 'housing', []);
  await referrals.knows('ines.harbor');
});
afterAll(() => referrals.close());

/** Sent to Harbor House. */
async function sent(client: object): Promise<ReferralView & { readonly taskId: string }> {
  const made = await referrals.referral([['housing', beds]], { ...reachable, ...client });
  await referrals.allows(made.clientId, 'harbor-house', ['core-contact', 'stated-need']);
  const { taskId } = made.needs[0]?.tasks[0] as TaskView;
  await referrals.send(taskId);
  return { ...made, taskId };
}

const seenByAgency = async (taskId: string): Promise<TaskView> =>
  (await referrals.ask<TaskView>('ines.harbor', `tasks/${taskId}`)).body;
const packet = async (taskId: string): Promise<PacketView['client']> =>
  (await referrals.ask<PacketView>('ines.harbor', `tasks/${taskId}/packet`, { purpose: 'care-coordination' })).body
    .client;
const act = async (taskId: string, action: string, body: object): Promise<Answered<TaskView>> => {
  const { version } = await seenByAgency(taskId);
  return referrals.command<TaskView>('ines.harbor', `tasks/${taskId}/${action}`, body, version);
};

describe('a client who may not be reached by every channel', () => {
  it.each([
    ['in no way', { contactProhibited: true }, []],
    ['in person alone', { contactProhibited: true, ...safe('in-person') }, ['in-person']],
    ['by e-mail alone', safe('email'), ['email']],
    ['by phone alone', safe('phone'), ['phone']],
  ] as const)('is marked so before the packet is opened, which leaves the rest out: %s [W6]', async (...each) => {
    const [, client, channels] = each;
    const { taskId } = await sent(client);
    expect((await seenByAgency(taskId)).contact).toEqual({ prohibited: 'contactProhibited' in client, channels });
    const listed = await referrals.ask<{ items: TaskView[] }>('ines.harbor', 'tasks/query', { taskIds: [taskId] });
    expect(listed.body.items[0]?.contact.channels).toEqual(channels);
    const allowed: readonly string[] = channels;
    expect(await packet(taskId)).toMatchObject({
      phone: allowed.includes('phone') ? reachable.phone : null,
      email: allowed.includes('email') ? reachable.email : null,
      address: null,
    });
  });

  it('is contacted by the allowed channel only [W6]', async () => {
    const { taskId } = await sent({ contactProhibited: true, ...safe('in-person') });
    const ownerId = await referrals.knows('ines.harbor');
    await act(taskId, 'accept', { ownerId });
    const attempt = { kind: 'contact-attempted', at: referrals.at.clock.now(), reached: false };
    const refused = await act(taskId, 'progress', { ...attempt, channel: 'phone' });
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { guard: 'channelIsAllowed', facts: { channel: 'phone', allowed: ['in-person'] } },
    ]);
    expect((await act(taskId, 'progress', { ...attempt, channel: 'in-person' })).status).toBe(200);
  });

  it('is marked again after the sender corrects the channels [W6]', async () => {
    const { taskId, clientId } = await sent({});
    expect((await seenByAgency(taskId)).contact).toEqual({ prohibited: false, channels: null });
    const path = `clients/${clientId}`;
    const { body, headers } = await referrals.ask<object>('dana.planner', path);
    const { clientId: _id, safeContact: _safe, ...fields } = body as Record<string, unknown>;
    const changed = await referrals.at.ask('dana.planner', {
      ...{ method: 'PUT', path, body: { ...fields, contactProhibited: true } },
      headers: { 'idempotency-key': referrals.at.ids.next(), 'if-match': String(headers['etag']) },
    });
    expect(changed.statusCode).toBe(200);
    expect((await seenByAgency(taskId)).contact).toEqual({ prohibited: true, channels: [] });
    expect(await packet(taskId)).toMatchObject({ phone: null, email: null, address: null, contactProhibited: true });
  });

  const contactEvents = (referralId: string): Promise<readonly object[]> =>
    referrals.rows(
      `select data - 'referralId' - 'clientId' as rule from referrals.event
       where stream_key = $1 and type = 'referral.client.contact-changed' order by stream_version`,
      [referralId],
    );

  it('is reported with the referral, and in each of the client’s referrals after the sender corrects the channels [W6]', async () => {
    const one = await sent({ contactProhibited: true });
    const free = await sent({});
    const { body: other } = await referrals.command<ReferralView>('dana.planner', 'referrals', {
      ...{ client: { clientId: one.clientId }, priority: 'routine' },
      needs: [{ ...referrals.need('housing', beds), healthcareServiceId: undefined }],
    });
    const none = { rule: { prohibited: true, channels: [] } };
    expect([
      await contactEvents(one.referralId),
      await contactEvents(other.referralId),
      await contactEvents(free.referralId),
    ]).toEqual([[none], [none], []]);

    const path = `clients/${one.clientId}`;
    const { clientId: _clientId, ...client } = (await referrals.ask<ClientView>('dana.planner', path)).body;
    const corrected = { ...client, contactProhibited: false, safeContact: { channel: 'email', hours: 'Mornings' } };
    const versions = [corrected, { ...corrected, given: 'Mona' }];
    for (const [index, body] of versions.entries()) {
      const replaced = await referrals.at.ask('dana.planner', {
        ...{ method: 'PUT', path, body },
        headers: { 'idempotency-key': referrals.at.ids.next(), 'if-match': `"${index + 1}"` },
      });
      expect([replaced.statusCode, replaced.body]).toEqual([200, expect.any(String)]);
      await referrals.at.service.settle();
    }
    for (const { referralId } of [one, other]) {
      expect(await contactEvents(referralId)).toEqual([none, { rule: { prohibited: false, channels: ['email'] } }]);
    }
  });
});
