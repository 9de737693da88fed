import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { draftSectionMaxCharacters, draftsMostOpen, type DraftView } from '#contracts';
import { RunningReferrals } from '../testing/running-referrals.ts';
import { WritingPerson } from './testing/writing-person.ts';

const lines: string[] = [];
const logTo = new Writable({
  write(chunk, _encoding, done): void {
    lines.push(String(chunk));
    done();
  },
});
const days = (count: number): number => count * 86_400_000;

describe('drafts', () => {
  let referrals: RunningReferrals;
  let dana: WritingPerson;

  beforeAll(async () => {
    referrals = await RunningReferrals.start({ logLevel: 'debug', logTo });
    dana = new WritingPerson(referrals, 'dana.planner');
  });
  afterAll(() => referrals.close());

  it('are found again on another device, section by section', async () => {
    const draftId = await dana.begins();
    const first = await dana.saves(draftId, 'who', 0, '{"given":"Mara"}', { device: 'laptop' });
    expect([first.status, first.headers['etag'], first.body]).toEqual([
      ...[200, '"1"'],
      { name: 'who', version: 1, at: referrals.at.clock.now() },
    ]);
    await dana.saves(draftId, 'needs', 0, '{"housing":"A ground floor"}', { device: 'laptop' });
    await dana.saves(draftId, 'who', 1, '{"given":"Mara","family":"Quill"}', { device: 'phone' });

    const { body } = await dana.reads(draftId);
    const at = referrals.at.clock.now();
    expect(body).toEqual({
      ...{ draftId, kind: 'referral', taskId: null, referralId: null, createdAt: at, changedAt: at },
      endsAt: new Date(Date.parse(at) + days(30)).toISOString(),
      sections: [
        { name: 'needs', version: 1, at, device: 'laptop', content: '{"housing":"A ground floor"}' },
        { name: 'who', version: 2, at, device: 'phone', content: '{"given":"Mara","family":"Quill"}' },
      ],
    });
    expect((await dana.lists()).find((each) => each.draftId === draftId)).toEqual(body);
  });

  it('give the stored section to a device that had not read it', async () => {
    const draftId = await dana.begins();
    const nothing = await dana.saves(draftId, 'who', 3, '{}');
    expect([nothing.status, nothing.body]).toMatchObject([412, { version: 0, state: null, section: null }]);

    await dana.saves(draftId, 'who', 0, '{"given":"Mara"}', { device: 'laptop' });
    const late = await dana.saves(draftId, 'who', 0, '{"given":"Maria"}', { device: 'phone' });
    const section = { name: 'who', version: 1, device: 'laptop', content: '{"given":"Mara"}' };
    expect([late.status, late.body]).toMatchObject([412, { type: 'urn:problem:stale', version: 1, section }]);
    expect((await dana.saves(draftId, 'who', undefined, '{}')).status).toBe(428);
  });

  it('keep every word of two devices that save the same section at once', async () => {
    const draftId = await dana.begins();
    const both = await Promise.all(
      ['laptop', 'phone'].map((device) => dana.saves(draftId, 'when', 0, `"${device}"`, { device })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [kept, late] = both[0]?.status === 200 ? ['laptop', 'phone'] : ['phone', 'laptop'];
    const { body } = await dana.reads(draftId);
    expect(body.sections).toMatchObject([{ name: 'when', version: 1, content: `"${kept}"` }]);
    expect((await dana.saves(draftId, 'when', 1, `"${kept}, ${late}"`)).status).toBe(200);
  });

  it('are answered as they stand when they are begun again', async () => {
    const draftId = await dana.begins();
    await dana.saves(draftId, 'who', 0, '{"given":"Mara"}');
    const again = await dana.commands<DraftView>('POST', 'drafts', { draftId, kind: 'referral' });
    expect([again.status, again.body.sections.map(({ name }) => name)]).toEqual([200, ['who']]);
    expect(again.text).not.toContain('Mara');
  });

  it('are seen and changed by nobody else, of the same organization or another', async () => {
    const draftId = await dana.begins();
    await dana.saves(draftId, 'who', 0, '{"given":"Mara"}');
    for (const login of ['hugo.admin', 'olga.privacy', 'cora.coordinator', 'ines.harbor']) {
      const other = new WritingPerson(referrals, login);
      const answers = [
        await other.reads(draftId),
        await other.saves(draftId, 'who', 1, '{}'),
        await other.commands('DELETE', `drafts/${draftId}`),
      ];
      expect([login, answers.map(({ status }) => status)]).toEqual([login, [404, 404, 404]]);
      expect(await other.lists()).toEqual([]);
    }
    expect((await dana.reads(draftId)).body.sections).toHaveLength(1);
  });

  it('of one id belong to each person who began one', async () => {
    const hugo = new WritingPerson(referrals, 'hugo.admin');
    const draftId = await dana.begins();
    await dana.saves(draftId, 'who', 0, '{"given":"Mara"}');
    await hugo.begins(draftId);
    expect((await hugo.reads(draftId)).body.sections).toEqual([]);

    await hugo.commands('DELETE', `drafts/${draftId}`);
    expect((await dana.reads(draftId)).body.sections).toHaveLength(1);
    const timers = await referrals.rows<{ subject: string }>(
      `select subject from referrals.timer where kind = 'draft-end' and payload ->> 'draftId' = $1`,
      [draftId],
    );
    expect(timers).toHaveLength(1);
  });

  it('leave nothing typed in answers that are stored, events, timers or the log', async () => {
    const draftId = await dana.begins();
    const key = referrals.at.ids.next();
    const canary = '{"given":"Zephyrine"}';
    const once = await dana.saves(draftId, 'who', 0, canary, { device: 'Zephyrine’s laptop', key });
    const twice = await dana.saves(draftId, 'who', 0, canary, { device: 'Zephyrine’s laptop', key });
    expect([twice.status, twice.text, twice.headers['idempotent-replayed']]).toEqual([200, once.text, 'true']);
    const elsewhere = await referrals.rows(
      `select 1 from referrals.idempotency i where i::text like '%Zephyrine%'
       union all select 1 from referrals.event e where e::text like '%Zephyrine%'
       union all select 1 from referrals.timer t where t::text like '%Zephyrine%'`,
    );
    expect(elsewhere).toEqual([]);
    await dana.saves(draftId, 'who', 0, canary);
    await dana.saves(draftId, 'who', 1, `${canary}\u0000`);
    await dana.reads(draftId);
    expect(lines.filter((line) => line.includes('/drafts/:id/sections'))).not.toEqual([]);
    expect(lines.join('')).not.toContain('Zephyrine');
    expect(await referrals.rows('select 1 from referrals.draft_section where content = $1', [canary])).toHaveLength(1);
  });

  it('that are discarded lose what was typed, and are not begun again', async () => {
    const draftId = await dana.begins();
    await dana.saves(draftId, 'who', 0, '{"given":"Mara"}');
    const ended = await dana.commands('DELETE', `drafts/${draftId}`);
    expect([ended.status, ended.body]).toEqual([200, { draftId }]);

    expect(await referrals.rows('select 1 from referrals.draft_section where draft_id = $1', [draftId])).toEqual([]);
    expect((await dana.reads(draftId)).status).toBe(404);
    expect((await dana.commands('DELETE', `drafts/${draftId}`)).status).toBe(200);
    const refused = [
      await dana.commands('POST', 'drafts', { draftId, kind: 'referral' }),
      await dana.saves(draftId, 'who', 1, '{}'),
    ];
    for (const { status, body } of refused) {
      expect([status, body]).toMatchObject([409, { guard: 'draftIsOpen', facts: { draftId } }]);
    }
  });

  it('are erased 30 days after the last change, and not before', async () => {
    const { clock, service } = referrals.at;
    const draftId = await dana.begins();
    const stored = () => referrals.rows('select 1 from referrals.draft_section where draft_id = $1', [draftId]);
    clock.advance({ days: 20 });
    await dana.saves(draftId, 'who', 0, '{"given":"Mara"}');
    clock.advance({ days: 29 });
    await service.settle();
    expect([(await dana.reads(draftId)).status, await stored()]).toMatchObject([200, [{}]]);

    clock.advance({ days: 1 });
    await service.settle();
    expect([(await dana.reads(draftId)).status, await stored()]).toEqual([404, []]);
    const timers = await referrals.rows(
      `select 1 from referrals.timer where kind = 'draft-end' and payload ->> 'draftId' = $1`,
      [draftId],
    );
    expect(timers).toEqual([]);
  });

  it('of an action name their Task, and have its one section', async () => {
    const draftId = referrals.at.ids.next();
    const taskId = referrals.at.ids.next();
    const ines = new WritingPerson(referrals, 'ines.harbor');
    expect((await ines.commands('POST', 'drafts', { draftId, kind: 'act' })).status).toBe(400);
    expect((await ines.commands('POST', 'drafts', { draftId, kind: 'referral', taskId })).status).toBe(400);
    expect((await ines.commands('POST', 'drafts', { draftId, kind: 'act', taskId })).body).toMatchObject({ taskId });
    expect((await ines.saves(draftId, 'act', 0, '{"note":"Full until Monday"}')).status).toBe(200);
    expect((await ines.saves(draftId, 'who', 0, '{}')).status).toBe(404);
  });

  it('take a section of 64 KB, whatever the letters, and no more', async () => {
    const draftId = await dana.begins();
    const longest = '語'.repeat(draftSectionMaxCharacters);
    expect((await dana.saves(draftId, 'needs', 0, longest)).status).toBe(200);
    expect((await dana.reads(draftId)).body.sections[0]?.content).toBe(longest);
    const over = await dana.saves(draftId, 'needs', 1, `${longest}a`);
    expect([over.status, over.body]).toMatchObject([400, { errors: [{ field: 'content' }] }]);
  });

  it('are listed in pages of at most 1 MB, and at most so many at a time', async () => {
    const iris = new WritingPerson(referrals, 'iris.lakeside');
    const made: string[] = [];
    for (let count = 0; count < 12; count += 1) made.push(await iris.begins());
    await referrals.rows(
      `insert into referrals.draft (person_id, draft_id, organization_id, kind, created_at)
       select person_id, gen_random_uuid(), organization_id, kind, created_at
       from referrals.draft, generate_series(13, $2) where draft_id = $1`,
      [made[0], draftsMostOpen],
    );
    const refused = await iris.commands('POST', 'drafts', { draftId: referrals.at.ids.next(), kind: 'referral' });
    expect([refused.status, refused.body]).toMatchObject([409, { guard: 'draftsHaveRoom', facts: { most: 100 } }]);

    for (const draftId of made) {
      await iris.saves(draftId, 'needs', 0, 'x'.repeat(draftSectionMaxCharacters));
      await iris.saves(draftId, 'who', 0, 'x'.repeat(draftSectionMaxCharacters));
    }
    const pages = await iris.pages();
    const typed = pages.map(({ items }) => items.reduce((size, { sections }) => size + sizeOf(sections), 0));
    expect(Math.max(...typed)).toBe(1024 * 1024);
    const all = pages.flatMap(({ items }) => items.map((each) => each.draftId));
    expect([all.length, new Set(all).size]).toEqual([draftsMostOpen, draftsMostOpen]);
    expect(all).toEqual(all.toSorted().toReversed());
  });
});

function sizeOf(sections: DraftView['sections']): number {
  return sections.reduce((size, { content }) => size + (content?.length ?? 0), 0);
}
