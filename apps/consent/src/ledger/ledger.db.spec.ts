import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PacketOpened, type LedgerFindingView, type LedgerVerificationView } from '#contracts';
import { statement, UnitOfWork } from '#persistence';
import { FakeClock, seededIds } from '#testing';
import { LedgerAnchoring } from '../anchors/ledger-anchoring.service.ts';
import { seal } from '../disclosure/chain.ts';
import { entryColumns } from '../disclosure/disclosure.rows.ts';
import type { SealedEntry } from '../disclosure/disclosure.ts';
import { harbor, hospital } from '../examples/consent-examples.ts';
import type { RunningConsent } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(5);
let consent: RunningConsent;
let clientId: string;
let eventIds: string[];

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
});
afterAll(() => consent?.close());

/** A chain of five entries of a new client, and one of another client. */
beforeEach(async () => {
  clientId = ids.next();
  eventIds = [];
  for (let i = 0; i < 5; i += 1) eventIds.push(await opened(clientId));
  await opened(ids.next());
  await anchor();
});

async function opened(of: string): Promise<string> {
  const referralId = ids.next();
  const event = PacketOpened.of({
    referralId,
    clientId: of,
    taskId: ids.next(),
    disclosureId: ids.next(),
    fromOrganizationId: hospital,
    toOrganizationId: harbor,
    direction: 'send',
    readerId: ids.next(),
    categories: ['core-contact'],
    purpose: 'care-coordination',
    consentIds: [ids.next()],
    noticeCodes: [],
    first: true,
  });
  return consent.publish(referralId, event);
}

const anchor = (): Promise<void> => consent.service.app.get(LedgerAnchoring, { strict: false }).anchorAll();

async function verified(login = 'olga.privacy', body: object = {}): Promise<LedgerVerificationView> {
  const answer = await consent.post(login, 'ledger/verifications', body);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.body as LedgerVerificationView;
}

async function found(): Promise<readonly string[]> {
  const { findings } = await verified();
  const ofChain = findings.filter((each: LedgerFindingView) => each.clientId === clientId || each.clientId === null);
  return ofChain.map(({ kind, place, anchorNumber }) => `${kind} ${place ?? anchorNumber}`);
}

/** As a superuser, whom no trigger stops; undone afterwards, so that the next test finds an intact ledger. */
async function tampered(sql: readonly string[], then: () => Promise<void>): Promise<void> {
  const tables = ['disclosure_entry', 'ledger_head', 'event', 'stream', 'inbox'];
  const asSuperuser = (text: string): Promise<unknown> =>
    consent.sql(`set session_replication_role = replica; ${text}`);
  for (const table of tables) await asSuperuser(`create table public.kept_${table} as table consent.${table}`);
  try {
    for (const text of sql) await asSuperuser(text);
    await then();
  } finally {
    for (const table of tables) {
      const overriding = table === 'event' ? 'overriding system value ' : '';
      await asSuperuser(`truncate consent.${table}`);
      await asSuperuser(`insert into consent.${table} ${overriding}table public.kept_${table}`);
      await asSuperuser(`drop table public.kept_${table}`);
    }
  }
}

const ofClient = (): string => `client_id = '${clientId}'`;

async function chain(): Promise<readonly SealedEntry[]> {
  const rows = await consent.sql<SealedEntry & { at: unknown }>(
    `select ${entryColumns} from consent.disclosure_entry where client_id = $1 order by place`,
    [clientId],
  );
  return rows.map((each) => ({ ...each, at: new Date(String(each.at)).toISOString() }));
}

/** Seals everything from a place on again, as an attacker who knows the seal algorithm would. */
async function rewritten(from: number, change: Partial<SealedEntry>): Promise<readonly string[]> {
  const entries = await chain();
  const sql: string[] = [];
  let previous = entries[from - 2]?.seal ?? '0'.repeat(64);
  for (const entry of entries.slice(from - 1)) {
    const { previousSeal: _, seal: __, ...bare } = { ...entry, ...(entry.place === from ? change : {}) };
    const next = seal(previous, bare);
    sql.push(
      `update consent.disclosure_entry set reader_id = ${bare.readerId === null ? 'null' : `'${bare.readerId}'`},
         previous_seal = '${next.previousSeal}', seal = '${next.seal}' where ${ofClient()} and place = ${entry.place}`,
    );
    previous = next.seal;
  }
  return [...sql, `update consent.ledger_head set seal = '${previous}' where ${ofClient()}`];
}

describe('a verification of the ledger', () => {
  it('finds nothing in an intact ledger, even while it grows [S4]', async () => {
    const growing = Promise.all(Array.from({ length: 5 }, () => opened(clientId)));
    const verification = await verified();
    await growing;
    expect(verification).toMatchObject({ state: 'intact', findingCount: 0, findings: [] });
    expect(verification.lastAnchor).toEqual({ number: verification.anchors, digest: expect.any(String) });
    expect(await verified()).toMatchObject({ state: 'intact' });
  });

  it('finds an entry that was altered, whatever was altered in it [S4]', async () => {
    const changes = [
      'reader_id = null',
      `to_organization_id = '${hospital}'`,
      `at = at + interval '1 day'`,
      `categories = '{core-contact,hiv-sti}'`,
      `seal = repeat('a', 64)`,
    ];
    for (const change of changes) {
      const sql = [`update consent.disclosure_entry set ${change} where ${ofClient()} and place = 3`];
      await tampered(sql, async () => expect(await found()).toEqual(['altered 3']));
    }
  });

  it('finds an entry removed from the middle, even if the later ones were moved up [S4]', async () => {
    const sql = [`delete from consent.disclosure_entry where ${ofClient()} and place = 3`];
    await tampered(sql, async () => expect(await found()).toEqual(['removed 3']));
    const moved = [
      ...sql,
      `update consent.disclosure_entry set place = 3 where ${ofClient()} and place = 4`,
      `update consent.disclosure_entry set place = 4 where ${ofClient()} and place = 5`,
      `update consent.ledger_head set place = 4 where ${ofClient()}`,
    ];
    await tampered(moved, async () => expect(await found()).toEqual(['removed 3']));
  });

  it('finds that the newest entry was removed, even if the head was rolled back with it [S4]', async () => {
    const removed = `delete from consent.disclosure_entry where ${ofClient()} and place = 5`;
    await tampered([removed], async () => expect(await found()).toEqual(['removed 5']));
    const [, , , fourth] = await chain();
    const back = `update consent.ledger_head set place = 4, seal = '${fourth?.seal}' where ${ofClient()}`;
    const forgotten = `delete from consent.inbox where event_id = '${eventIds[4]}'`;
    await tampered([removed, back, forgotten], async () => expect(await found()).toEqual(['removed 5']));
  });

  it('finds that the whole chain of a client is gone [S4]', async () => {
    const sql = ['disclosure_entry', 'ledger_head'].map((table) => `delete from consent.${table} where ${ofClient()}`);
    const all = [1, 2, 3, 4, 5].map((place) => `removed ${place}`);
    await tampered(sql, async () => expect(await found()).toEqual(all));
    await tampered(sql.slice(1), async () => expect(await found()).not.toEqual([]));
  });

  it('finds two entries that were swapped [S4]', async () => {
    const sql = [
      `update consent.disclosure_entry set place = 99 where ${ofClient()} and place = 2`,
      `update consent.disclosure_entry set place = 2 where ${ofClient()} and place = 4`,
      `update consent.disclosure_entry set place = 4 where ${ofClient()} and place = 99`,
    ];
    await tampered(sql, async () => expect(await found()).toEqual(expect.arrayContaining(['reordered 3'])));
  });

  it('finds an entry inserted in the middle, at the end, or at the end with its head [S4]', async () => {
    const entries = await chain();
    const columns = `client_id, disclosure_id, access_id, kind, direction, at, referral_id, task_id, from_organization_id,
      to_organization_id, reader_id, categories, purpose, consent_ids, notice_codes, attachment_ids`;
    const put = (place: number, entry: SealedEntry): string =>
      `insert into consent.disclosure_entry (entry_id, event_id, place, previous_seal, seal, ${columns})
       select '${entry.entryId}', '${entry.eventId}', ${place}, '${entry.previousSeal}', '${entry.seal}',
         ${columns.replace('disclosure_id', `'${entry.disclosureId}'`)} from consent.disclosure_entry where ${ofClient()} and place = 1`;
    const forged = (place: number): SealedEntry => {
      const [first] = entries as [SealedEntry];
      const { previousSeal: _, seal: __, ...bare } = first;
      const fresh = { entryId: ids.next(), eventId: ids.next(), disclosureId: ids.next(), place };
      return seal(entries[place - 2]?.seal ?? '', { ...bare, ...fresh });
    };
    const sixth = forged(6);
    await tampered([put(6, sixth)], async () => expect(await found()).toEqual(['inserted 6']));
    const head = `update consent.ledger_head set place = 6, seal = '${sixth.seal}' where ${ofClient()}`;
    await tampered([put(6, sixth), head], async () => expect(await found()).toEqual(['inserted 6']));
    const shifted = [5, 4, 3].map(
      (place) => `update consent.disclosure_entry set place = ${place + 1} where ${ofClient()} and place = ${place}`,
    );
    const middle = [...shifted, put(3, forged(3)), `update consent.ledger_head set place = 6 where ${ofClient()}`];
    await tampered(middle, async () => expect(await found()).toEqual(['inserted 3']));
  });

  it('finds that an entry was altered and all later ones were sealed again, with the head [S4]', async () => {
    const sql = await rewritten(2, { readerId: null });
    await tampered(sql, async () => expect(await found()).toEqual(['rewritten 5']));
  });

  it('finds that an anchor was altered, or removed from the middle or the end [S4]', async () => {
    const { anchors } = await verified();
    const ofAnchor = (number: number): string =>
      `type = 'consent.ledger.anchored' and (data->>'number')::int = ${number}`;
    const altered = `update consent.event set data = jsonb_set(data, '{places,0}', '1') where ${ofAnchor(anchors)}`;
    await tampered([altered], async () => expect(await found()).toContain(`anchor-altered ${anchors}`));
    const middle = `delete from consent.event where ${ofAnchor(anchors - 1)}`;
    await tampered([middle], async () => expect(await found()).toContain(`anchor-removed ${anchors - 1}`));
    const last = `delete from consent.event where ${ofAnchor(anchors)}`;
    await tampered([last], async () => expect(await found()).toContain(`anchor-removed ${anchors}`));
  });

  it('finds with outside copies that the ledger was rolled back with all its anchors [S4]', async () => {
    const { lastAnchor } = await verified();
    const all = [
      `delete from consent.event where type like 'consent.ledger.%'`,
      'delete from consent.disclosure_entry',
    ];
    const rolled = [...all, 'delete from consent.ledger_head', `delete from consent.stream where key like '%1ed9e700'`];
    await tampered(rolled, async () => {
      const { state, findings } = await verified('olga.privacy', { anchors: [lastAnchor] });
      expect({ state, findings }).toMatchObject({ state: 'broken', findings: [{ kind: 'anchor-removed' }] });
    });
  });
});

describe('the result of a verification', () => {
  it('shows each privacy officer the findings of clients of their own organization [S4]', async () => {
    const sql = [`update consent.disclosure_entry set reader_id = null where ${ofClient()} and place = 3`];
    await tampered(sql, async () => {
      expect(await verified('olga.privacy')).toMatchObject({ state: 'broken', findings: [{ clientId, place: 3 }] });
      expect(await verified('otto.privacy')).toMatchObject({ state: 'broken', findingCount: 1, findings: [] });
    });
    const list = await consent.get('otto.privacy', 'ledger/verifications?limit=2');
    expect(list.body).toMatchObject({ items: [{ state: 'broken', findings: [] }, { state: 'broken' }] });
    expect(list.text).not.toContain(clientId);
    for (const login of ['dana.planner', 'ines.harbor', 'cora.coordinator'])
      expect((await consent.get(login, 'ledger/verifications')).status).toBe(403);
  });

  it('appears automatically after a start and every day, as a row, an event and a metric [S4]', async () => {
    const runs = async (): Promise<number> =>
      (await consent.log('01930000-0000-7000-8000-00001ed9e700')).filter((each) => each.role === 'timer').length;
    const before = await runs();
    clock.advance({ minutes: 2 });
    await consent.service.settle();
    expect(await runs()).toBe(Math.max(1, before));
    const sql = [`update consent.disclosure_entry set reader_id = null where ${ofClient()} and place = 3`];
    await tampered(sql, async () => {
      clock.advance({ days: 1 });
      await consent.service.settle();
      const [last] = (await consent.log('01930000-0000-7000-8000-00001ed9e700')).slice(-1);
      expect(last).toMatchObject({ type: 'consent.ledger.verified', data: { intact: false, findings: 1 } });
      const metrics = await consent.get('pat.operator', 'metrics');
      expect(metrics.text).toMatch(/ledger_findings\{service="consent"\} 1\n/);
    });
  });
});

describe('the application itself', () => {
  it.each([
    ['moves no head', 'update ledger_head set place = 1', /denied|no other way/],
    ['removes no head', 'delete from ledger_head', /denied|no other way/],
    ['writes no head', `insert into ledger_head values (gen_random_uuid(), 3, '')`, /denied/],
    ['alters no verification', 'update ledger_verification set finding_count = 0', /denied|append-only/],
    ['alters no entry', 'update disclosure_entry set reader_id = null', /denied|append-only/],
    ['forgets no finding', 'delete from ledger_finding', /denied|append-only/],
  ])('%s [S4]', async (name, text, refused) => {
    const unitOfWork = consent.service.app.get(UnitOfWork, { strict: false });
    await expect(unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(statement(name, text)))).rejects.toThrow(
      refused,
    );
  });

  it('cannot add an entry that does not follow the last one of its client [S4]', async () => {
    const columns = `client_id, access_id, kind, direction, at, referral_id, task_id, from_organization_id,
      to_organization_id, categories, purpose, consent_ids, notice_codes`;
    const insert = `insert into consent.disclosure_entry (entry_id, event_id, disclosure_id, place, previous_seal, seal, ${columns})
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 9, '', '', ${columns} from consent.disclosure_entry
      where ${ofClient()} and place = 1`;
    await expect(consent.sql(insert)).rejects.toThrow('follows the last one');
  });
});
