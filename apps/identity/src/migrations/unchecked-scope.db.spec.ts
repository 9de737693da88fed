import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { migrate, withClient } from '#persistence';
import { testDatabase, type TestDatabase } from '#testing';
import { IdentityTables1764000000001 } from './tables.migration.ts';
import { UncheckedScope1765100000001 } from './unchecked-scope.migration.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('identity', [IdentityTables1764000000001]);
});
afterAll(() => database?.close());

it('takes away the scope that the issuer no longer knows from programs that have it', async () => {
  await withClient(database.adminUrl, (client) =>
    client.query(`insert into identity.system_client values
      ('older', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '{candidates:read,log:read}'),
      ('other', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '{contact:read}')`),
  );
  const migrations = [IdentityTables1764000000001, UncheckedScope1765100000001];
  await migrate({ service: 'identity', ownerUrl: database.ownerUrl, migrations });
  await withClient(database.adminUrl, async (client) => {
    const { rows } = await client.query<object>('select scopes from identity.system_client order by client_id');
    expect(rows).toEqual([{ scopes: ['log:read'] }, { scopes: ['contact:read'] }]);
    const forced = `select relforcerowsecurity as forced from pg_class where oid = 'identity.system_client'::regclass`;
    expect((await client.query<object>(forced)).rows).toEqual([{ forced: true }]);
  });
});
