import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  seedOrganizationId,
  type AddedAttachment,
  type AttachmentView,
  type Category,
  type PacketView,
  type ReferralView,
  type TaskView,
} from '#contracts';
import pg from 'pg';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

const text = Buffer.from('Relapsed in spring; sober since June.');
const all: readonly Category[] = ['core-contact', 'stated-need', 'mental-health', 'substance-use'];

let referrals: RunningReferrals;
let clinic: string;
let beds: string;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  clinic = await referrals.offers('lakeside', 'mental-health', ['mental-health', 'substance-use']);
  beds = await referrals.offers('harbor-house', 'housing', ['functional-needs']);
});
afterAll(() => referrals.close());

const add = (referralId: string, body: object = {}, login = 'dana.planner'): Promise<Answered<AddedAttachment>> =>
  referrals.command(login, `referrals/${referralId}/attachments`, {
    ...{ kind: 'discharge-summary', title: 'Discharge summary', categories: ['mental-health'] },
    ...{ contentType: 'text/plain', base64: text.toString('base64') },
    ...body,
  });
const remove = (id: string, version: number): Promise<Answered<AddedAttachment>> =>
  referrals.command('dana.planner', `attachments/${id}/remove`, { reason: 'replaced' }, version);
const open = (login: string, taskId: string, attachmentIds?: readonly string[]): Promise<Answered<PacketView>> =>
  referrals.ask(login, `tasks/${taskId}/packet`, { purpose: 'care-coordination', attachmentIds });
const firstTask = ({ needs }: ReferralView): string => (needs[0]?.tasks[0] as TaskView).taskId;
const eventsOf = (referralId: string): Promise<readonly { type: string; data: object; version: number }[]> =>
  referrals.rows(
    `select type, data, stream_version as version from referrals.event where stream_key = $1 order by stream_version`,
    [referralId],
  );

/** Sent to Lakeside; consent allows it these categories. */
async function sentToClinic(
  categories: readonly Category[] = all,
): Promise<ReferralView & { readonly taskId: string }> {
  const made = await referrals.referral([['mental-health', clinic]]);
  await referrals.allows(made.clientId, 'lakeside', categories);
  await referrals.send(firstTask(made));
  return { ...made, taskId: firstTask(made) };
}

describe('a document of a referral', () => {
  it('is an event of its stream, and a row that agrees with the event', async () => {
    const { referralId } = await referrals.referral([['housing', beds]]);
    const { body, headers } = await add(referralId);
    await remove(body.attachmentId, body.version);
    const events = (await eventsOf(referralId)).filter(({ type }) => type.startsWith('referral.attachment.'));
    const of = { referralId, attachmentId: body.attachmentId };
    expect(events).toEqual([
      {
        type: 'referral.attachment.added',
        data: { ...of, kind: 'discharge-summary', contentType: 'text/plain', size: text.length },
        version: body.version,
      },
      { type: 'referral.attachment.removed', data: { ...of, reason: 'replaced' }, version: body.version + 1 },
    ]);
    expect(headers['etag']).toBe(`"${body.version}"`);
    const rows = await referrals.rows('select row from referrals.attachment where attachment_id = $1', [
      body.attachmentId,
    ]);
    expect(rows).toEqual([
      {
        row: {
          ...{ ...of, kind: 'discharge-summary', version: body.version + 1, addedAt: body.addedAt },
          ...{ removedAt: referrals.at.clock.now(), removalReason: 'replaced' },
        },
      },
    ]);
  });

  it('sent twice under one key is stored once', async () => {
    const { referralId } = await referrals.referral([['housing', beds]]);
    const body = { kind: 'assessment', title: 'Twice', categories: ['functional-needs'], contentType: 'text/plain' };
    const once = (): Promise<Answered> =>
      referrals.ask(
        'dana.planner',
        `referrals/${referralId}/attachments`,
        { ...body, base64: text.toString('base64') },
        { 'idempotency-key': `twice-${referralId}` },
      );
    const [first, again] = [await once(), await once()];
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([201, first.text, 'true']);
    const { body: page } = await referrals.ask<{ items: readonly AttachmentView[] }>(
      'hugo.admin',
      `referrals/${referralId}/attachments`,
    );
    expect(page.items.map(({ title }) => title)).toEqual(['Twice']);
  });

  it('is refused beyond twenty, however many are sent at once; the refusal says what to do', async () => {
    const { referralId } = await referrals.referral([['housing', beds]]);
    const answers = await Promise.all(Array.from({ length: 24 }, () => add(referralId)));
    const refused = answers.filter(({ status }) => status === 409);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(refused).toHaveLength(4);
    expect(refused[0]?.body).toMatchObject({
      ...{ type: 'urn:problem:guard', guard: 'referralHasRoom', facts: { live: 20, most: 20 } },
      detail: expect.stringContaining('Remove one'),
    });
    const page = await referrals.ask<{ items: readonly AttachmentView[]; next: string }>(
      'olga.privacy',
      `referrals/${referralId}/attachments?limit=12`,
    );
    const rest = await referrals.ask<{ items: readonly AttachmentView[]; next: null }>(
      'olga.privacy',
      `referrals/${referralId}/attachments?limit=12&cursor=${page.body.next}`,
    );
    const seen = [...page.body.items, ...rest.body.items].map(({ attachmentId }) => attachmentId);
    expect([seen.length, new Set(seen).size, rest.body.next]).toEqual([20, 20, null]);
    expect(page.text).not.toContain('base64');
  });

  it('cannot be added to a closed referral, but can be removed from it', async () => {
    const { referralId, version } = await referrals.referral([['housing', beds]]);
    const { body } = await add(referralId);
    const reason = 'client-no-longer-in-need';
    const closed = await referrals.command('dana.planner', `referrals/${referralId}/withdraw`, { reason }, version);
    expect(closed.body).toMatchObject({ closed: { code: 'closed-without-service' } });
    const refused = await add(referralId);
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { guard: 'referralIsOpen', detail: expect.stringContaining('Reopen') },
    ]);
    expect((await remove(body.attachmentId, body.version)).status).toBe(200);
  });

  it('is removed only by someone who has seen its latest version', async () => {
    const { referralId } = await referrals.referral([['housing', beds]]);
    const { body } = await add(referralId);
    const stale = await remove(body.attachmentId, body.version - 1);
    expect([stale.status, stale.body]).toMatchObject([412, { version: body.version, state: 'live' }]);
    const unsaid = await referrals.command('dana.planner', `attachments/${body.attachmentId}/remove`, {
      reason: 'replaced',
    });
    expect(unsaid.status).toBe(428);
  });
});

describe('in a packet', () => {
  it('the notice of 42 CFR part 2 accompanies a document about substance use', async () => {
    const { referralId, taskId } = await sentToClinic();
    const { body } = await add(referralId, { categories: ['substance-use'] });
    const packet = (await open('iris.lakeside', taskId, [body.attachmentId])).body;
    expect(packet.notices.map(({ code }) => code)).toEqual(['part-2-2.32', 'part-2-2.32']);
    expect(packet.attachments).toMatchObject([{ base64: text.toString('base64'), categories: ['substance-use'] }]);
    const [last] = (await eventsOf(referralId)).slice(-1);
    expect(last).toMatchObject({
      type: 'referral.packet.opened',
      data: { disclosureId: packet.disclosureId, attachmentIds: [body.attachmentId], noticeCodes: ['part-2-2.32'] },
    });
  });

  it('a refused packet leaves no event, and the event of a packet without bytes names no document', async () => {
    const { referralId, taskId } = await sentToClinic(['core-contact', 'stated-need']);
    const { body } = await add(referralId);
    const before = await eventsOf(referralId);
    expect((await open('iris.lakeside', taskId, [body.attachmentId])).status).toBe(404);
    expect(await eventsOf(referralId)).toEqual(before);
    expect((await open('iris.lakeside', taskId)).body.attachments).toEqual([]);
    expect((await eventsOf(referralId)).at(-1)?.data).not.toHaveProperty('attachmentIds');
  });

  it('more than five documents, or one named twice, are refused', async () => {
    const { taskId } = await sentToClinic();
    const many = Array.from({ length: 6 }, () => referrals.at.ids.next());
    for (const ids of [many, [many[0] as string, many[0] as string]]) {
      const refused = await open('iris.lakeside', taskId, ids);
      expect([refused.status, refused.body]).toMatchObject([400, { errors: [{ field: 'attachmentIds' }] }]);
    }
  });

  it('the documents of another referral of the same client are not there', async () => {
    const one = await sentToClinic();
    const other = await referrals.command<ReferralView>('dana.planner', 'referrals', {
      ...{ client: { clientId: one.clientId }, priority: 'routine' },
      needs: [referrals.need('mental-health', clinic)],
    });
    const { body } = await add(other.body.referralId);
    expect((await open('iris.lakeside', one.taskId)).body.attachments).toEqual([]);
    expect((await open('iris.lakeside', one.taskId, [body.attachmentId])).status).toBe(404);
  });

  it('a packet that returns to the sender holds none of its own documents', async () => {
    const { referralId, taskId } = await sentToClinic();
    const { body } = await add(referralId);
    expect((await open('dana.planner', taskId, [body.attachmentId])).status).toBe(404);
  });
});

describe('the rows of a document', () => {
  type Setting = readonly [scope: string, organization: string, key?: string];

  async function seen(table: string, referralId: string, [scope, organization, key = '']: Setting): Promise<number> {
    const client = new pg.Client({ connectionString: referrals.at.appUrl });
    await client.connect();
    try {
      await client.query('set search_path = referrals');
      await client.query('begin');
      await client.query(
        `select set_config('app.scope', $1, true), set_config('app.tenant', $2, true), set_config('app.key', $3, true)`,
        [scope, seedOrganizationId(organization), key],
      );
      const { rows } = await client.query(`select from ${table} where referral_id = $1`, [referralId]);
      return rows.length;
    } finally {
      await client.end();
    }
  }

  it('are seen by their owner, through a packet by the agency of this referral, and by nobody else', async () => {
    const { referralId, clientId } = await sentToClinic();
    await add(referralId);
    const another = await referrals.command<ReferralView>('dana.planner', 'referrals', {
      ...{ client: { clientId }, priority: 'routine', needs: [referrals.need('housing', beds)] },
    });
    await referrals.allows(clientId, 'harbor-house', all);
    await referrals.send(firstTask(another.body));
    const settings: readonly (readonly [Setting, file: number, row: number])[] = [
      [['tenant', 'st-brigid'], 1, 1],
      [['packet', 'st-brigid'], 1, 0],
      [['packet', 'lakeside'], 1, 0],
      [['tenant', 'lakeside'], 0, 0],
      // The same client, another referral.
      [['packet', 'harbor-house'], 0, 0],
      [['network', 'river-council'], 0, 0],
      [['system', 'st-brigid', referralId], 0, 1],
      [['system', 'st-brigid', another.body.referralId], 0, 0],
      [['', 'st-brigid'], 0, 0],
    ];
    for (const [setting, file, row] of settings) {
      const found = [await seen('attachment_file', referralId, setting), await seen('attachment', referralId, setting)];
      expect([setting, found]).toEqual([setting, [file, row]]);
    }
  });
});
