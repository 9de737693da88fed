import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '#persistence';
import { rowsRead } from '#testing';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';
import { by, networkId, org } from '../testing/referral-events.ts';

const [open, ended, few] = [200, 20_000, 10];
const limit = 51;
const harbor = org('harbor-house');
const hospital = org('st-brigid');
const ines = by('ines.harbor').id as string;
const dana = by('dana.planner').id as string;
const now = '2026-11-24T08:00:00.000Z';

/** Years of one agency and one network: some rows are open, nearly all have ended, a few of them in a rare way. */
const rows = `
  insert into coordination.inbox_row (task_id, referral_id, service_request_id, recipient_organization_id, network_id,
    sender_organization_id, eligible_organization_ids, need, priority, state, state_since, waits_for, open, due_at, soon_at,
    critical_at, owner_id, assignment, last_type, last_at, sent_at, version)
  select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), $1::uuid, $3::uuid, $2::uuid, '{}', 'housing', 'routine', state, now(),
    case when is_open then 'agency' when rare then 'coordinator' else 'nobody' end, is_open,
    due, due, due, case when rare then $4::uuid end, 'directed', 'x', now(), now(), 1
  from (select n, n <= ${open} as is_open, n > ${ended} + ${open} as rare,
      case when n <= ${open} then 'sent' when n > ${ended} + ${open} then 'expired' else 'completed' end as state,
      case when n <= ${open} then timestamptz '2026-11-20' + n * interval '1 hour' end as due
    from generate_series(1, ${open} + ${ended} + ${few}) n) as made`;
const boardRows = `
  insert into coordination.board_row (service_request_id, referral_id, sender_organization_id, network_id, need, priority,
    created_by, task_count, result, open, state, waits_for, due_at, soon_at, critical_at, version,
    sender_result, sender_open, sender_state, sender_waits_for, sender_due_at, sender_soon_at, sender_critical_at, sender_version)
  select service_request_id, referral_id, sender_organization_id, network_id, need, priority, case when state = 'expired' then $1::uuid end, 1,
    'met', open, state, waits_for, due_at, soon_at, critical_at, 1, 'met', open, state, waits_for, due_at, soon_at, critical_at, 1
  from coordination.inbox_row`;

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
  await withClient(coordination.adminUrl, async (client) => {
    await client.query(rows, [harbor, hospital, networkId, ines]);
    await client.query(boardRows, [dana]);
    await client.query('analyze coordination.inbox_row, coordination.board_row');
  });
});
afterAll(() => coordination.close());

interface Filter {
  readonly states?: readonly string[];
  readonly owners?: readonly string[];
  readonly createdBy?: string;
  readonly waitsFor?: string;
}

const inboxReads = (slice: string, { states, owners = [], waitsFor }: Filter = {}): Promise<number> =>
  rowsRead({
    ...{ adminUrl: coordination.adminUrl, service: 'coordination', statement: `inbox rows ${slice}` },
    values: [now, null, null, harbor, states ?? null, null, owners, waitsFor ?? null, limit],
    settings: { scope: 'tenant', tenant: harbor },
  });
const boardReads = (
  eyes: 'network' | 'sender',
  slice: string,
  { states, createdBy, waitsFor }: Filter = {},
): Promise<number> =>
  rowsRead({
    ...{ adminUrl: coordination.adminUrl, service: 'coordination', statement: `board ${eyes} ${slice}` },
    values: [
      ...[now, null, null, eyes === 'network' ? networkId : hospital],
      ...[null, states ?? null, null, createdBy ?? null, waitsFor ?? null, limit],
    ],
    settings: eyes === 'network' ? { scope: 'network', network: networkId } : { scope: 'tenant', tenant: hospital },
  });

describe('A page reads few of many rows', () => {
  it('of an inbox: the rows of the page, or of what its filter leaves', async () => {
    expect(await inboxReads('ended')).toBeLessThanOrEqual(limit);
    expect(await inboxReads('ended by state', { states: ['expired'] })).toBe(few);
    expect(await inboxReads('ended by state', { states: ['expired', 'completed'] })).toBeLessThanOrEqual(few + limit);
    expect(await inboxReads('ended of person', { owners: [ines] })).toBe(few);
    expect(await inboxReads('ended rerouting', { waitsFor: 'coordinator' })).toBe(few);
  });

  it.each(['network', 'sender'] as const)('of a board of the %s', async (eyes) => {
    expect(await boardReads(eyes, 'ended')).toBeLessThanOrEqual(limit);
    expect(await boardReads(eyes, 'ended by state', { states: ['expired'] })).toBe(few);
    expect(await boardReads(eyes, 'ended of person', { createdBy: dana })).toBe(few);
  });

  it('of what is open at most that, however few rows a filter leaves', async () => {
    for (const section of ['critically-overdue', 'overdue', 'due-soon', 'not-due', 'none']) {
      const filter = { states: ['draft'], owners: [ines], createdBy: dana, waitsFor: 'client' };
      expect([section, await inboxReads(section, filter)]).toEqual([section, expect.any(Number)]);
      expect(await inboxReads(section, filter)).toBeLessThanOrEqual(open);
      for (const eyes of ['network', 'sender'] as const)
        expect(await boardReads(eyes, section, filter)).toBeLessThanOrEqual(open);
    }
  });
});
