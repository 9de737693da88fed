import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { migrate, withClient } from '#persistence';
import { testDatabase, type TestDatabase } from '#testing';
import { ClientKeys1764807000001 } from './client-keys.migration.ts';
import { Tables1764000000000 } from '../tables.migration.ts';

const clientId = '01900000-0000-7000-8000-000000000001';
const owner = '01900000-0000-7000-8000-0000000000aa';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('referrals', [Tables1764000000000]);
});
afterAll(() => database.close());

it('gives the clients of a released version the keys by which a new one is found [P3]', async () => {
  await withClient(database.adminUrl, async (client) => {
    await client.query(
      `insert into referrals.client (client_id, owner_organization_id, version, given, family, birth_date, language,
         phone, contact_prohibited, created_at)
       values ($1, $2, 1, ' İbrahim', 'Öztürk ', '1980-02-03', 'en', '(555) 010-7777 x5', false, now())`,
      [clientId, owner],
    );
    // more than one page of the others
    await client.query(
      `insert into referrals.client (client_id, owner_organization_id, version, given, family, birth_date, language,
         phone, contact_prohibited, created_at)
       select gen_random_uuid(), $1, 1, 'A', 'B', '0001-01-01', 'en', 'n/a', false, now() from generate_series(1, 700)`,
      [owner],
    );
  });

  const { ownerUrl } = database;
  await migrate({ service: 'referrals', ownerUrl, migrations: [Tables1764000000000, ClientKeys1764807000001] });

  await withClient(database.adminUrl, async (client) => {
    const keys = await client.query<{ key: string }>(
      'select key from referrals.client_key where client_id = $1 order by key',
      [clientId],
    );
    expect(keys.rows.map((each) => each.key)).toEqual(
      expect.arrayContaining(['b=1980-02-03', 'b1980', 'nibrahim', 'nozturk', 'p15550107777', 'p5550107777']),
    );
    const rows = await client.query<object>(
      `select birth_date, phone, phone_number, phone_extension from referrals.client where client_id = $1`,
      [clientId],
    );
    expect(rows.rows).toEqual([
      {
        birth_date: '1980-02-03',
        phone: '(555) 010-7777 x5',
        phone_number: '+15550107777',
        phone_extension: '5',
      },
    ]);
    const found = await client.query<object>(
      'select count(distinct client_id)::int as count from referrals.client_key',
    );
    expect(found.rows).toEqual([{ count: 701 }]);
    const forced = await client.query<object>(
      `select relname, relforcerowsecurity as forced from pg_class
       where oid in ('referrals.client'::regclass, 'referrals.client_key'::regclass) order by relname`,
    );
    expect(forced.rows).toEqual([
      { relname: 'client', forced: true },
      { relname: 'client_key', forced: true },
    ]);
  });
});
