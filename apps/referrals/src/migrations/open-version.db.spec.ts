import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { migrate, withClient } from '#persistence';
import { testDatabase, type TestDatabase } from '#testing';
import { OpenVersion1764700000002 } from './open-version.migration.ts';
import { Tables1764000000000 } from './tables.migration.ts';

const referralId = '01900000-0000-7000-8000-000000000001';
const otherId = '01900000-0000-7000-8000-000000000002';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('referrals', [Tables1764000000000]);
});
afterAll(() => database.close());

it('gives referrals of a released version the version that their sender may always see, and leaves the others', async () => {
  await withClient(database.adminUrl, async (client) => {
    for (const [version, type] of ['referral.created', 'referral.need.added', 'referral.task.drafted'].entries())
      await client.query(
        `insert into referrals.event (id, stream_key, stream_version, type, schema_version, source, subject, data,
           actor_role, correlation_id, at)
         values (gen_random_uuid(), $1, $2, $3, 1, '/referrals', 'referral', '{}', 'system', 'x', now())`,
        [referralId, version + 1, type],
      );
    const row = { clientId: referralId, senderOrganizationId: referralId, networkId: referralId, createdAt: 'x' };
    const known = { ...row, openVersion: 7 };
    await client.query('insert into referrals.referral (referral_id, row) values ($1, $2), ($3, $4)', [
      ...[referralId, JSON.stringify(row)],
      ...[otherId, JSON.stringify(known)],
    ]);
  });

  const { ownerUrl } = database;
  await migrate({ service: 'referrals', ownerUrl, migrations: [Tables1764000000000, OpenVersion1764700000002] });

  await withClient(database.adminUrl, async (client) => {
    const { rows } = await client.query<object>(
      `select row -> 'openVersion' as version from referrals.referral order by referral_id`,
    );
    expect(rows).toEqual([{ version: 2 }, { version: 7 }]);
    const forced = await client.query<object>(
      `select relforcerowsecurity as forced from pg_class where oid = 'referrals.referral'::regclass`,
    );
    expect(forced.rows).toEqual([{ forced: true }]);
  });
});
