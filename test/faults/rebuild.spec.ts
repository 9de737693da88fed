import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '#persistence';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { referralTravels } from '../stories/referral-travels.ts';
import { Person } from '../stories/people.ts';
import { act, consented, drafted, sent } from '../stories/scene.ts';
import { rebuilt, rowsOf, type Rows } from './rebuilding.ts';

interface LedgerRow {
  readonly event_id: string;
  readonly disclosure_id: string | null;
  readonly kind: string;
  readonly client_id: string;
  readonly reader_id: string | null;
  readonly place: number;
  readonly at: string;
}

/** Every group that keeps rows of what it read, with a way to damage them that no event ever would. */
const spoiled: Readonly<Record<string, readonly string[]>> = {
  'coordination.board': [
    `update coordination.inbox_row set state = 'expired'`,
    `delete from coordination.board_row`,
    `update coordination.board_referral set facts = '[]'`,
  ],
  'coordination.timeline': [
    `delete from coordination.timeline_item where version % 2 = 0`,
    `update coordination.timeline_item set agency_ids = '{}'`,
  ],
  'referrals.consent-gate': [`update referrals.gate_permission set categories = '{}'`],
  'referrals.copies': [
    `delete from referrals.person_copy`,
    `update referrals.healthcare_service_copy set openness = 'closed'`,
  ],
  'referrals.delivery': [`delete from referrals.delivered_task`],
  'consent.requests': [`delete from consent.consent_request`, `delete from consent.known_referral`],
  'consent.copies': [`update consent.known_service set treats = not treats`],
  'consent.ledger': [],
  'notifications.audiences': [`update notifications.known_person set active = false`],
  ...Object.fromEntries(
    ['referrals', 'consent', 'notifications', 'coordination'].map((service) => [
      `${service}.roster`,
      [`update ${service}.roster_organization set active = false where kind = 'agency'`],
    ]),
  ),
  'notifications.dispatch': [`delete from notifications.known_task`, `delete from notifications.known_access`],
};

describe('the rows of every group, rebuilt from the logs', () => {
  let deployment: TestDeployment;
  let pat: Person;

  beforeAll(async () => {
    deployment = await openDeployment();
    pat = new Person(deployment, 'pat.operator');
    await referralTravels(deployment);
    const waiting = await drafted(deployment, 'employment', 'workbridge-jobs');
    await act(new Person(deployment, 'dana.planner'), waiting.taskId, 'send', {});
    await sent(deployment);
    const { clientId, taskId } = await drafted(deployment, 'housing', 'harbor-beds');
    const { after } = await consented(deployment, clientId, ['harbor-house']);
    await act(new Person(deployment, 'dana.planner'), taskId, 'send', {}, after);
    await deployment.settle();
  });

  afterAll(() => deployment.close());

  it('can be rebuilt by name for every group with a reader', async () => {
    for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
      const { groups } = await pat.get<{ groups: readonly { group: string }[] }>(`/api/${service}/lag`);
      const named = Object.keys(spoiled).filter((group) => group.startsWith(`${service}.`));
      expect(groups.map(({ group }) => group).sort()).toEqual(named.sort());
    }
  });

  it.each(Object.entries(spoiled))('%s: the same rows as before they were spoiled', async (group, spoils) => {
    // Given rows made from events
    const before = await rowsOf(deployment.adminUrl);
    // When they are damaged and rebuilt
    await spoil(deployment.adminUrl, spoils);
    const notified = await notificationsSoFar(deployment);
    if (spoils.length > 0) expect(await rowsOf(deployment.adminUrl)).not.toEqual(before);
    const done = await rebuilt(pat, group);
    // Then they are as they were, and nobody was notified again
    expect(done).toMatchObject({ group, state: 'done', faults: 0, faultList: [], waiting: null });
    expect(done.streams).toBeGreaterThan(0);
    expect(done.events).toBeGreaterThan(done.streams - 1);
    await deployment.settle();
    expect(differing(await rowsOf(deployment.adminUrl), before)).toEqual({});
    expect(await notificationsSoFar(deployment)).toEqual(notified);
  });

  it('include a ledger that a verification finds intact [S4]', async () => {
    const olga = new Person(deployment, 'olga.privacy');
    const before = await olga.post<{ entries: number }>('/api/consent/ledger/verifications', {});
    await rebuilt(pat, 'consent.ledger');
    const after = await olga.post<object>('/api/consent/ledger/verifications', {});
    expect(after).toMatchObject({ state: 'intact', entries: before.entries, findings: [] });
    expect(before.entries).toBeGreaterThan(5);
  });

  it('deletes rows without an event', async () => {
    const before = await rowsOf(deployment.adminUrl);
    const stray = '0190a0c0-0000-7000-8000-00000000dead';
    await spoil(deployment.adminUrl, [
      `insert into coordination.timeline_item (referral_id, version, event_id, type, at, actor_role, event, agency_ids, told_to_sender)
       values ('${stray}', 1, '${stray}', 'referral.created', now(), 'system', '{}', '{}', true)`,
    ]);
    await rebuilt(pat, 'coordination.timeline');
    expect(differing(await rowsOf(deployment.adminUrl), before)).toEqual({});
  });

  it('appends missing entries to the ledger, and changes no entry', async () => {
    const entries = async (): Promise<readonly LedgerRow[]> =>
      (await rowsOf(deployment.adminUrl))['consent.disclosure_entry']?.map((row) => JSON.parse(row) as LedgerRow) ?? [];
    const before = await entries();
    const lost = before.find(({ kind }) => kind === 'opened') as LedgerRow;
    // Given an entry that somebody who bypasses all policies has removed
    await spoil(deployment.adminUrl, [
      'alter table consent.disclosure_entry disable trigger user',
      `delete from consent.disclosure_entry where event_id = '${lost.event_id}'`,
      'alter table consent.disclosure_entry enable trigger user',
    ]);
    // When the ledger is rebuilt
    expect(await rebuilt(pat, 'consent.ledger')).toMatchObject({ state: 'done', faults: 0 });
    // Then the disclosure is added again, as the last entry of its client
    const after = await entries();
    const kept = before.filter((entry) => entry !== lost);
    expect(after).toEqual(expect.arrayContaining([...kept]));
    const added = after.filter(({ event_id }) => event_id === lost.event_id);
    expect(added).toMatchObject([{ disclosure_id: lost.disclosure_id, at: lost.at, reader_id: lost.reader_id }]);
    const places = kept.filter(({ client_id }) => client_id === lost.client_id).map(({ place }) => place);
    expect(added[0]?.place).toBeGreaterThan(Math.max(...places));
  });

  it('leaves an unreadable stream unchanged, says why, and rebuilds the others', async () => {
    const before = await rowsOf(deployment.adminUrl);
    // Given one referral's log with an unreadable event
    const [broken] = await withClient(deployment.adminUrl, async (client) => {
      const { rows } = await client.query<{ stream_key: string; data: string }>(
        `update referrals.event e set data = '{}' from referrals.event was
          where e.position = was.position and e.type = 'referral.closed' returning was.stream_key, was.data::text as data`,
      );
      return rows;
    });
    await spoil(deployment.adminUrl, ['delete from coordination.timeline_item where version = 1']);
    // When it is rebuilt, Then that stream is named and the others have their first item again
    expect(await rebuilt(pat, 'coordination.timeline')).toMatchObject({
      state: 'incomplete',
      faults: 1,
      faultList: [{ key: broken?.stream_key, reason: expect.stringContaining('closeCode') }],
    });
    const lacking = differing(await rowsOf(deployment.adminUrl), before)['coordination.timeline_item'];
    expect(lacking?.before).toHaveLength((lacking?.after.length ?? 0) + 1);
    // And once the log is complete, so are the rows
    await withClient(deployment.adminUrl, (client) =>
      client.query(`update referrals.event set data = $1 where type = 'referral.closed'`, [broken?.data]),
    );
    expect(await rebuilt(pat, 'coordination.timeline')).toMatchObject({ state: 'done', faults: 0 });
    expect(differing(await rowsOf(deployment.adminUrl), before)).toEqual({});
  });

  it('is refused for an unknown group, with a list of the known ones', async () => {
    const refused = await pat.command('POST', '/api/coordination/rebuilds', { group: 'coordination.nothing' });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        errors: [{ field: 'group', allowed: ['coordination.board', 'coordination.timeline', 'coordination.roster'] }],
      },
    });
  });

  it('is listed page by page, newest first', async () => {
    const first = await pat.get<{ items: readonly { group: string }[]; next: string }>(
      '/api/coordination/rebuilds?limit=1',
    );
    expect(first.items).toMatchObject([{ group: 'coordination.timeline', state: 'done' }]);
    const second = await pat.get<{ items: readonly object[] }>(
      `/api/coordination/rebuilds?limit=1&cursor=${first.next}`,
    );
    expect(second.items).toHaveLength(1);
    expect(second.items).not.toEqual(first.items);
  });
});

function spoil(adminUrl: string, statements: readonly string[]): Promise<void> {
  return withClient(adminUrl, async (client) => {
    // as the tables' owner; a superuser still bypasses their policies
    for (const text of statements) await client.query(text);
  });
}

/** What people and outside readers received: a rebuild adds nothing to it. */
function notificationsSoFar({ adminUrl }: TestDeployment): Promise<unknown> {
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query<object>(
      `select (select count(*) from notifications.notification) as notifications,
         (select count(*) from notifications.delivery) as deliveries,
         (select count(*) from notifications.event) as deliveries_told,
         -- the ledger's anchors come by the clock
         (select count(*) from consent.event where type not like 'consent.ledger.%') as consents,
         (select count(*) from referrals.event) as referrals, (select count(*) from coordination.change) as changes`,
    );
    return rows[0];
  });
}

interface Differing {
  readonly after: readonly string[];
  readonly before: readonly string[];
}

function differing(after: Rows, before: Rows): Readonly<Record<string, Differing>> {
  const tables = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    tables
      .filter((table) => JSON.stringify(after[table]) !== JSON.stringify(before[table]))
      .map((table) => [table, { after: after[table] ?? [], before: before[table] ?? [] }]),
  );
}
