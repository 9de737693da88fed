import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { referenceOf } from '#contracts';
import { migrate, withClient } from '#persistence';
import { seededIds, testDatabase, type TestDatabase } from '#testing';
import { ClientReferral1764900000001 } from '../client-referral.migration.ts';
import { Tables1764000000000 } from '../tables.migration.ts';
import { Reference1764910000001 } from './reference.migration.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('referrals', [Tables1764000000000, ClientReferral1764900000001]);
});
afterAll(() => database.close());

it('gives referrals of a released version the reference that #contracts computes from their ids', async () => {
  const ids = seededIds();
  const referralIds = Array.from({ length: 300 }, () => ids.next());
  await withClient(database.adminUrl, (client) =>
    client.query(
      'insert into referrals.client_referral (referral_id, client_id) select id, id from unnest($1::uuid[]) as id',
      [referralIds],
    ),
  );

  const { ownerUrl } = database;
  const migrations = [Tables1764000000000, ClientReferral1764900000001, Reference1764910000001];
  await migrate({ service: 'referrals', ownerUrl, migrations });

  const { rows } = await withClient(database.adminUrl, (client) =>
    client.query<object>('select referral_id, reference from referrals.client_referral order by referral_id'),
  );
  expect(rows).toEqual(referralIds.sort().map((id) => ({ referral_id: id, reference: referenceOf(id) })));
});
