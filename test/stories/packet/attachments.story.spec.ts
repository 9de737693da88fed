import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AddedAttachment,
  type AttachmentView,
  type Category,
  type DisclosureEntryView,
  type PacketView,
  type ReferralView,
  type TaskView,
  type TimelineView,
  type WholeAttachment,
} from '#contracts';
import { withClient } from '#persistence';
import { pdfOf } from '#testing';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person, type Reply } from '../people.ts';
import { act, canary, clientOf, consented, expectGone, needBody, type Items } from '../scene.ts';

const nowhere = '0190a0c0-0000-7000-8000-00ffffffffff';
const title = `Discharge summary of ${canary}`;
const pdf = pdfOf(1000, Buffer.from(`depression, alcohol, ${canary} `));

/** The client consented to everything for Lakeside, and to everything except mental health for Harbor House. */
const toLakeside: readonly Category[] = ['core-contact', 'stated-need', 'functional-needs', 'mental-health'];
const toHarbor: readonly Category[] = ['core-contact', 'stated-need', 'functional-needs'];

describe('a discharge summary goes with the referral if consent covers all of it', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let iris: Person;
  let ines: Person;
  let cora: Person;
  let referral: ReferralView;
  let lakeside: string;
  let harbor: string;
  let consentId: string;
  let summary: AddedAttachment;
  let withAlcohol: AddedAttachment;

  const add = (body: object, referralId = referral.referralId, person = dana): Promise<Reply> =>
    person.command('POST', `/api/referrals/referrals/${referralId}/attachments`, {
      ...{ kind: 'discharge-summary', title, categories: ['mental-health'] },
      ...{ contentType: 'application/pdf', base64: pdf.toString('base64') },
      ...body,
    });
  const open = (person: Person, taskId: string, attachmentIds?: readonly string[]): Promise<Reply> =>
    person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination', attachmentIds });
  const shownTo = async (person: Person, taskId: string): Promise<readonly string[]> =>
    ((await open(person, taskId)).body as PacketView).attachments.map(({ attachmentId }) => attachmentId);

  beforeAll(async () => {
    deployment = await openDeployment();
    [dana, iris, ines, cora] = ['dana.planner', 'iris.lakeside', 'ines.harbor', 'cora.coordinator'].map(
      (login) => new Person(deployment, login),
    ) as [Person, Person, Person, Person];
    referral = await dana.post<ReferralView>('/api/referrals/referrals', {
      client: clientOf(),
      priority: 'routine',
      needs: [needBody('mental-health', 'lakeside-clinic', []), needBody('housing', 'harbor-beds', [])],
    });
    [lakeside, harbor] = referral.needs.map((need) => (need.tasks[0] as TaskView).taskId) as [string, string];
    const first = await consented(deployment, referral.clientId, ['lakeside'], toLakeside);
    ({ consentId } = first);
    await act(dana, lakeside, 'send', {}, first.after);
    const second = await consented(deployment, referral.clientId, ['harbor-house'], toHarbor);
    await act(dana, harbor, 'send', {}, second.after);
  });
  afterAll(() => deployment.close());

  it('the planner adds it, and the answer contains neither its title nor its bytes', async () => {
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    const reply = await add({ categories: ['mental-health', 'functional-needs'], sha256 });
    expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
    summary = reply.body as AddedAttachment;
    expect(summary).toEqual({
      attachmentId: expect.any(String),
      referralId: referral.referralId,
      version: expect.any(Number),
      kind: 'discharge-summary',
      categories: ['mental-health', 'functional-needs'],
      contentType: 'application/pdf',
      size: pdf.length,
      sha256,
      addedAt: expect.any(String),
    });
    expect(reply.headers.get('location')).toBe(`/api/referrals/attachments/${summary.attachmentId}`);
    expect(reply.etag).toBe(`"${summary.version}"`);
    expect(reply.position).not.toBeNull();
    withAlcohol = (await add({ categories: ['mental-health', 'substance-use'] })).body as AddedAttachment;
  });

  it('the planner reads it back, byte for byte', async () => {
    const { items } = await dana.get<Items<AttachmentView>>(
      `/api/referrals/referrals/${referral.referralId}/attachments`,
    );
    expect(items).toEqual([
      { ...summary, title, removedAt: null, removalReason: null },
      { ...withAlcohol, title, removedAt: null, removalReason: null },
    ]);
    const whole = await dana.get<WholeAttachment>(`/api/referrals/attachments/${summary.attachmentId}`);
    expect(whole).toEqual({ ...items[0], base64: pdf.toString('base64') });
  });

  it('the agency whose consent covers all of it sees and opens it, and the ledger says so', async () => {
    const unopened = (await open(iris, lakeside)).body as PacketView;
    const { attachmentId, kind, categories, contentType, size, sha256 } = summary;
    const file = { attachmentId, kind, title, categories, contentType, size, sha256 };
    expect(unopened.attachments).toEqual([file]);
    const opened = (await open(iris, lakeside, [attachmentId])).body as PacketView;
    expect(opened.attachments).toEqual([{ ...file, base64: pdf.toString('base64') }]);
    await deployment.settle();
    const ledger = await dana.get<Items<DisclosureEntryView>>(`/api/consent/disclosures?taskId=${lakeside}`);
    expect(
      ledger.items
        .filter(({ kind: entry }) => entry === 'opened')
        .map(({ disclosureId, attachmentIds }) => ({ disclosureId, attachmentIds })),
    ).toEqual([
      { disclosureId: unopened.disclosureId, attachmentIds: [] },
      { disclosureId: opened.disclosureId, attachmentIds: [attachmentId] },
    ]);
  });

  it('the agency whose consent does not cover mental health sees no trace of it, and a request for it finds nothing', async () => {
    const packet = await open(ines, harbor);
    expect((packet.body as PacketView).attachments).toEqual([]);
    expect(packet.text).not.toContain(summary.attachmentId);
    const absent = await open(ines, harbor, [nowhere]);
    for (const id of [summary.attachmentId, withAlcohol.attachmentId]) {
      const asked = await open(ines, harbor, [id]);
      expect([asked.status, asked.text]).toEqual([404, absent.text]);
    }
    expect((await open(iris, lakeside, [summary.attachmentId, withAlcohol.attachmentId])).text).toBe(absent.text);
    await deployment.settle();
    const timelines = `/api/coordination/referrals/${referral.referralId}/timeline`;
    const types = async (person: Person): Promise<readonly string[]> =>
      (await person.get<TimelineView>(timelines)).items
        .map(({ type }) => type)
        .filter((type) => type.startsWith('referral.attachment.'));
    expect(await types(ines)).toEqual([]);
    expect(await types(iris)).toEqual([]);
    for (const person of [dana, cora]) {
      expect(await types(person)).toEqual(['referral.attachment.added', 'referral.attachment.added']);
    }
  });

  it('the coordinator opens it like an agency if consent names the council, and only through that need', async () => {
    const { attachmentId } = summary;
    const opened = (await open(cora, lakeside, [attachmentId])).body as PacketView;
    expect(opened.attachments.map(({ base64 }) => base64)).toEqual([pdf.toString('base64')]);
    // housing does not ask for mental health, whatever consent would allow
    expect(await shownTo(cora, harbor)).toEqual([]);
    expect((await open(cora, harbor, [attachmentId])).status).toBe(404);
    await deployment.settle();
    const own = await cora.get<Items<DisclosureEntryView>>(`/api/consent/disclosures?taskId=${lakeside}`);
    expect(own.items.at(-1)).toMatchObject({ disclosureId: opened.disclosureId, attachmentIds: [attachmentId] });
  });

  it('everybody else gets the answer for a document that does not exist', async () => {
    const { attachmentId, referralId } = summary;
    const exactly = (await open(ines, nowhere)).text;
    for (const login of ['axel.lakeside', 'abel.harbor']) {
      const other = new Person(deployment, login);
      for (const reply of [
        await add({}, referralId, other),
        await other.ask('GET', `/api/referrals/referrals/${referralId}/attachments`),
        await other.ask('GET', `/api/referrals/attachments/${attachmentId}`),
        await other.command('POST', `/api/referrals/attachments/${attachmentId}/remove`, { reason: 'replaced' }, 1),
      ]) {
        expect([login, reply.status, reply.text]).toEqual([login, 404, exactly]);
      }
    }
  });

  it('a file of another type is refused in a sentence', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
    const large = Buffer.concat([pdf, Buffer.alloc(5 * 1024 * 1024)]);
    const bad: readonly (readonly [object, string, string])[] = [
      [{ contentType: 'image/jpeg' }, 'contentType', 'these bytes are not image/jpeg'],
      [{ base64: png.toString('base64') }, 'contentType', 'these bytes are not application/pdf'],
      [{ contentType: 'application/zip' }, 'contentType', 'one of: application/pdf'],
      [{ base64: 'no base64!' }, 'base64', 'base64 must be base64'],
      [{ sha256: '0'.repeat(64) }, 'sha256', 'not the SHA-256 of the bytes sent'],
      [{ base64: large.toString('base64') }, 'base64', `the file has ${large.length} bytes`],
      [{ categories: [] }, 'categories', 'at least 1'],
    ];
    for (const [body, field, message] of bad) {
      const reply = await add(body);
      expect([reply.status, reply.body]).toMatchObject([
        400,
        { type: 'urn:problem:invalid', errors: [{ field, message: expect.stringContaining(message) }] },
      ]);
    }
    const tooLarge = await add({ base64: 'A'.repeat(8 * 1024 * 1024) });
    expect([tooLarge.status, tooLarge.body]).toMatchObject([413, { detail: expect.stringMatching(/larger/) }]);
  });

  it('it is in no packet after its sender removes it, but the sender can still read it', async () => {
    const wrong = (await add({ kind: 'assessment' })).body as AddedAttachment;
    expect(await shownTo(iris, lakeside)).toEqual([summary.attachmentId, wrong.attachmentId]);
    const path = `/api/referrals/attachments/${wrong.attachmentId}`;
    const removed = await dana.command('POST', `${path}/remove`, { reason: 'wrong-document' }, wrong.version);
    // between the two in the referral's stream there are an opening and the notice of new information
    const { version, ...same } = wrong;
    expect([removed.status, removed.body]).toMatchObject([200, same]);
    expect((removed.body as { version: number }).version).toBeGreaterThan(version + 1);
    expect(removed.text).not.toContain(canary);
    expect(await shownTo(iris, lakeside)).toEqual([summary.attachmentId]);
    expect((await open(iris, lakeside, [wrong.attachmentId])).text).toBe((await open(iris, nowhere)).text);
    const kept = await dana.get<WholeAttachment>(path);
    expect(kept).toMatchObject({ title, removalReason: 'wrong-document', base64: pdf.toString('base64') });
    const again = await dana.command('POST', `${path}/remove`, { reason: 'replaced' }, kept.version);
    expect([again.status, again.body]).toEqual([200, removed.body]);
  });

  it('access to it ends immediately when consent is narrowed, and with the whole packet when it is revoked', async () => {
    const revoke = async (scope?: object): Promise<void> => {
      const { version } = await dana.get<{ version: number }>(`/api/consent/consents/${consentId}`);
      const receivedAt = new Date(Date.now() - 1000).toISOString();
      const body = { method: 'verbal-attestation', receivedAt, ...(scope === undefined ? {} : { scope }) };
      await dana.post(`/api/consent/consents/${consentId}/revoke`, body, version);
      await deployment.settle();
    };
    expect(await shownTo(iris, lakeside)).toEqual([summary.attachmentId]);
    await revoke({ categories: ['mental-health'] });
    for (const person of [iris, cora]) {
      expect(await shownTo(person, lakeside)).toEqual([]);
      expect((await open(person, lakeside, [summary.attachmentId])).text).toBe((await open(iris, nowhere)).text);
    }
    await revoke();
    await expectGone(iris, lakeside);
    const asked = await open(iris, lakeside, [summary.attachmentId]);
    expect([asked.status, asked.text]).toEqual([404, (await open(iris, nowhere)).text]);
  });

  it('its title is in no event and in no stored answer', async () => {
    await deployment.settle();
    await withClient(deployment.adminUrl, async (client) => {
      for (const table of ['embedded_transport.message', 'referrals.event', 'referrals.idempotency']) {
        const { rows } = await client.query(
          `select count(*)::int as all, (count(*) filter (where t::text ilike $1))::int as naming from ${table} t`,
          [`%${canary}%`],
        );
        expect([table, rows]).toEqual([table, [{ all: expect.any(Number), naming: 0 }]]);
        expect(rows[0].all).toBeGreaterThan(0);
      }
    });
  });
});
