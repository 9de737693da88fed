import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { rebuildTables } from '#events';
import { migrate, withClient } from '#persistence';
import { testDatabase, type TestDatabase } from '#testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ContactOfRow1764900000001 } from './contact-of-row.migration.ts';
import { RowFacts1765000000001 } from './row-facts.migration.ts';
import { RowsOfReferral1764600000001 } from './rows-of-referral.migration.ts';
import { CoordinationTables1764000000000 } from './tables.migration.ts';

/** The platform's own table, which every service has by then. */
class Rebuilds1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of rebuildTables) await runner.query(statement);
  }

  async down(): Promise<void> {
    await Promise.resolve();
  }
}

const earlier = [
  CoordinationTables1764000000000,
  Rebuilds1764600000000,
  RowsOfReferral1764600000001,
  ContactOfRow1764900000001,
];
const id = '01900000-0000-7000-8000-000000000001';
const lastAt = '2026-11-24T08:00:00.000Z';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('coordination', earlier);
});
afterAll(() => database.close());

it('a database with rows asks for their rebuild, and until then a row says when something happened last', async () => {
  const rebuilds = 'select group_name, state from coordination.rebuild';
  await withClient(database.adminUrl, async (client) => {
    await client.query(`insert into coordination.board_referral values ($1, null, 0, '[]')`, [id]);
    await client.query(
      `insert into coordination.inbox_row (task_id, referral_id, service_request_id, eligible_organization_ids, priority,
         state, waits_for, open, assignment, last_type, last_at, version)
       values ($1, $1, $1, '{}', 'routine', 'sent', 'agency', true, 'directed', 'referral.task.sent', $2, 4)`,
      [id, lastAt],
    );
  });

  await migrate({
    service: 'coordination',
    ownerUrl: database.ownerUrl,
    migrations: [...earlier, RowFacts1765000000001],
  });

  await withClient(database.adminUrl, async (client) => {
    const { rows } = await client.query<object>('select state_since, attempts, needed_by from coordination.inbox_row');
    expect(rows).toEqual([
      {
        state_since: new Date(lastAt),
        attempts: { count: 0, channels: [], since: null, last: null },
        needed_by: null,
      },
    ]);
    expect((await client.query<object>(rebuilds)).rows).toEqual([
      { group_name: 'coordination.board', state: 'running' },
    ]);
    const forced = await client.query<object>(
      `select relforcerowsecurity as forced from pg_class where oid = 'coordination.inbox_row'::regclass`,
    );
    expect(forced.rows).toEqual([{ forced: true }]);
  });
});
