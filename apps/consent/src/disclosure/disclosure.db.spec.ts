import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessEnded, AccessGranted, PacketOpened, type DisclosureEntryView } from '#contracts';
import { statement, UnitOfWork } from '#persistence';
import { FakeClock, seededIds } from '#testing';
import { council, harbor, hospital } from '../examples/consent-examples.ts';
import { created } from '../examples/papers.ts';
import type { RunningConsent } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';
import { firstBreak } from './chain.ts';
import { entriesOf } from './disclosure.rows.ts';
import type { SealedEntry } from './disclosure.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(5);
let consent: RunningConsent;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
});
afterAll(() => consent?.close());

interface About {
  readonly referralId: string;
  readonly clientId: string;
  readonly taskId: string;
}

const about = (clientId = ids.next()): About => ({ referralId: ids.next(), clientId, taskId: ids.next() });
const consentIds = [ids.next()];

const granted = (of: About, accessId: string, toOrganizationId = harbor): AccessGranted =>
  AccessGranted.of({
    ...of,
    accessId,
    fromOrganizationId: hospital,
    toOrganizationId,
    categories: ['core-contact', 'stated-need'],
    purpose: 'care-coordination',
    consentIds,
    noticeCodes: [],
  });

const opened = (
  of: About,
  direction: 'send' | 'return' = 'send',
  disclosureId = ids.next(),
  attachmentIds: readonly string[] = [],
): PacketOpened =>
  PacketOpened.of({
    ...of,
    disclosureId,
    fromOrganizationId: direction === 'send' ? hospital : harbor,
    toOrganizationId: direction === 'send' ? harbor : hospital,
    direction,
    readerId: ids.next(),
    categories: ['core-contact'],
    purpose: 'care-coordination',
    consentIds,
    noticeCodes: ['part-2-2.32'],
    first: true,
    ...(attachmentIds.length === 0 ? {} : { attachmentIds }),
  });

async function ledger(login: string, query: string): Promise<readonly DisclosureEntryView[]> {
  const answer = await consent.get(login, `disclosures?${query}`);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return (answer.body as { items: DisclosureEntryView[] }).items;
}

async function chainOf(clientId: string): Promise<{ chain: SealedEntry[]; head: { place: number; seal: string } }> {
  const columns = entriesOf.text.replace('from disclosure_entry', 'from consent.disclosure_entry');
  const chain = await consent.sql<SealedEntry & { at: unknown }>(columns, [clientId, null, 0, 1000]);
  const [head] = await consent.sql<{ place: number; seal: string }>(
    'select place, seal from consent.ledger_head where client_id = $1',
    [clientId],
  );
  if (head === undefined) throw new Error('no chain');
  return { chain: chain.map((each) => ({ ...each, at: new Date(String(each.at)).toISOString() })), head };
}

describe('the disclosure ledger', () => {
  it('has an entry for each access, each opening and each end with its cause, oldest first [W10]', async () => {
    const of = about();
    const accessId = ids.next();
    await consent.publish(of.referralId, created(of.referralId, of.clientId));
    await consent.publish(of.referralId, granted(of, accessId));
    clock.advance({ minutes: 1 });
    const attachmentIds = [ids.next(), ids.next()];
    const opening = opened(of, 'send', ids.next(), attachmentIds);
    await consent.publish(of.referralId, opening);
    clock.advance({ minutes: 1 });
    await consent.publish(of.referralId, AccessEnded.of({ ...of, accessId, cause: 'declined' }));
    const entries = await ledger('olga.privacy', `clientId=${of.clientId}`);
    const shared = {
      entryId: expect.any(String),
      direction: 'send',
      ...of,
      fromOrganizationId: hospital,
      toOrganizationId: harbor,
      purpose: 'care-coordination',
      consentIds,
    };
    expect(entries).toEqual([
      {
        ...shared,
        kind: 'access-granted',
        at: '2026-11-24T08:00:00.000Z',
        disclosureId: null,
        readerId: null,
        categories: ['core-contact', 'stated-need'],
        noticeCodes: [],
        attachmentIds: [],
        cause: null,
      },
      {
        ...shared,
        kind: 'opened',
        at: '2026-11-24T08:01:00.000Z',
        disclosureId: opening.disclosureId,
        readerId: opening.readerId,
        categories: ['core-contact'],
        noticeCodes: ['part-2-2.32'],
        attachmentIds,
        cause: null,
      },
      {
        ...shared,
        kind: 'access-ended',
        at: '2026-11-24T08:02:00.000Z',
        disclosureId: null,
        readerId: null,
        categories: ['core-contact', 'stated-need'],
        noticeCodes: [],
        attachmentIds: [],
        cause: 'declined',
      },
    ]);
    expect(await ledger('dana.planner', `taskId=${of.taskId}`)).toEqual(entries);
  });

  it('has each opening once, however often its event arrives and under whatever event id', async () => {
    const of = about();
    const opening = opened(of);
    const eventId = await consent.publish(of.referralId, opening);
    await consent.publish(of.referralId, opening, eventId);
    await consent.sql('delete from consent.inbox where event_id = $1', [eventId]);
    await consent.publish(of.referralId, opening, eventId);
    await consent.publish(of.referralId, opening);
    expect(await ledger('olga.privacy', `clientId=${of.clientId}`)).toHaveLength(1);
  });

  it('seals the entries of each client in one chain, across their referrals', async () => {
    const first = about();
    const second = about(first.clientId);
    await consent.publish(first.referralId, granted(first, ids.next()));
    await Promise.all([
      ...Array.from({ length: 5 }, () => consent.publish(first.referralId, opened(first))),
      ...Array.from({ length: 5 }, () =>
        consent.publish(second.referralId, opened(second, 'send', ids.next(), [ids.next()])),
      ),
    ]);
    const { chain, head } = await chainOf(first.clientId);
    expect(chain).toHaveLength(11);
    expect(firstBreak(chain, head)).toBeNull();
  });

  it('shows when somebody who bypasses all policies changes or removes an entry', async () => {
    const of = about();
    for (let i = 0; i < 4; i += 1) await consent.publish(of.referralId, opened(of));
    const change = 'update consent.disclosure_entry set reader_id = null where client_id = $1 and place = 2';
    await expect(consent.sql(change, [of.clientId])).rejects.toThrow('append-only');
    await consent.sql('alter table consent.disclosure_entry disable trigger append_only');
    await consent.sql(change, [of.clientId]);
    expect(await chainOf(of.clientId).then(({ chain, head }) => firstBreak(chain, head))).toBe(2);
    await consent.sql('delete from consent.disclosure_entry where client_id = $1 and place = 2', [of.clientId]);
    expect(await chainOf(of.clientId).then(({ chain, head }) => firstBreak(chain, head))).toBe(2);
    await consent.sql('delete from consent.disclosure_entry where client_id = $1 and place > 1', [of.clientId]);
    expect(await chainOf(of.clientId).then(({ chain, head }) => firstBreak(chain, head))).toBe(2);
    await consent.sql('alter table consent.disclosure_entry enable trigger append_only');
  });

  it('cannot be changed by the application itself', async () => {
    const of = about();
    await consent.publish(of.referralId, opened(of));
    const unitOfWork = consent.service.app.get(UnitOfWork, { strict: false });
    for (const change of ['delete from disclosure_entry', `update disclosure_entry set purpose = 'treatment'`]) {
      const returning = statement(change.slice(0, 6), `${change} where referral_id = $1 returning entry_id`);
      await expect(
        unitOfWork.run({ kind: 'system', key: of.referralId }, (tx) => tx.query(returning, [of.referralId])),
      ).rejects.toThrow(/permission denied|append-only/);
    }
    await expect(
      unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(statement('empty', 'truncate disclosure_entry'))),
    ).rejects.toThrow(/permission denied|append-only/);
    expect(await ledger('olga.privacy', `clientId=${of.clientId}`)).toHaveLength(1);
  });

  it('is read by both sides of a disclosure, by a coordinator for what came to them, and by nobody else', async () => {
    const of = about();
    await consent.publish(of.referralId, granted(of, ids.next()));
    await consent.publish(of.referralId, granted(of, ids.next(), council));
    await consent.publish(of.referralId, opened(of, 'return'));
    const kinds = async (login: string): Promise<readonly string[]> =>
      (await ledger(login, `clientId=${of.clientId}`)).map((each) => `${each.kind} ${each.direction}`);
    expect(await kinds('olga.privacy')).toEqual(['access-granted send', 'access-granted send', 'opened return']);
    expect(await kinds('cora.coordinator')).toEqual(['access-granted send']);
    expect(await kinds('otto.privacy')).toEqual(['access-granted send']);
    for (const login of ['ines.harbor', 'abel.harbor', 'nora.network']) {
      expect((await consent.get(login, `disclosures?clientId=${of.clientId}`)).status).toBe(403);
    }
    expect((await consent.get('olga.privacy', 'disclosures')).status).toBe(400);
    expect(await ledger('olga.privacy', `clientId=${ids.next()}`)).toEqual([]);
  });

  it('pages oldest first', async () => {
    const of = about();
    for (let i = 0; i < 5; i += 1) await consent.publish(of.referralId, opened(of));
    const whole = await ledger('olga.privacy', `clientId=${of.clientId}`);
    const first = await consent.get('olga.privacy', `disclosures?clientId=${of.clientId}&limit=3`);
    const { items, next } = first.body as { items: DisclosureEntryView[]; next: string };
    const rest = await ledger('olga.privacy', `clientId=${of.clientId}&limit=3&cursor=${next}`);
    expect([...items, ...rest]).toEqual(whole);
  });
});
