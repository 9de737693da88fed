import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedOrganizationId } from '#contracts';
import { timersAtOnce } from '#events';
import { migrate, withClient } from '#persistence';
import { testDatabase } from '#testing';
import { ClientKeyed1764900000002 } from '../migrations/client-keys/client-keyed.migration.ts';
import { ClientKeys1764807000001 } from '../migrations/client-keys/client-keys.migration.ts';
import { Tables1764000000000 } from '../migrations/tables.migration.ts';
import { RunningReferrals } from '../testing/running-referrals.ts';

const clientId = '01900000-0000-7000-8000-0000000000c1';
const owner = seedOrganizationId('st-brigid');

/** Inserts as the version before the keys does: it names only the columns that it knows. */
const olderInsert = `insert into referrals.client (client_id, owner_organization_id, version, given, family, birth_date,
    language, phone, contact_prohibited, created_at)
  values ($1, $2, 1, 'Élodie', 'Öztürk', '1980-02-03', 'en', '(555) 010-7777 x5', false, now())`;
const olderUpdate = `update referrals.client set version = version + 1, family = 'Núñez', phone = '555 010 8888'
  where client_id = $1`;

describe('a client stored by an older version of the platform', () => {
  let referrals: RunningReferrals;
  beforeAll(async () => {
    referrals = await RunningReferrals.start();
  });
  afterAll(() => referrals?.close());

  /** In the scope of a person of the owner, with the rights of the application. */
  const byOlder = (sql: string, values: readonly unknown[]): Promise<void> =>
    withClient(referrals.at.appUrl, async (client) => {
      await client.query(`select set_config('app.scope', 'tenant', false), set_config('app.tenant', $1, false)`, [
        owner,
      ]);
      await client.query('set search_path = referrals');
      await client.query(sql, [...values]);
    });
  const found = async (asked: object): Promise<boolean> => {
    const { body } = await referrals.ask<{ items: { clientId: string }[] }>('dana.planner', 'clients/search', asked);
    return body.items.some((each) => each.clientId === clientId);
  };

  it('is found as soon as a newer version has added the keys, by its latest content [P3]', async () => {
    await byOlder(olderInsert, [clientId, owner]);
    await referrals.at.service.settle();
    for (const asked of [{ name: 'ozturk elodie' }, { phone: '555 010 7777' }, { birthDate: '1980-02-03' }])
      expect([asked, await found(asked)]).toEqual([asked, true]);
    await byOlder(olderUpdate, [clientId]);
    await referrals.at.service.settle();
    expect([await found({ name: 'nunez' }), await found({ phone: '5550108888' })]).toEqual([true, true]);
    expect([await found({ name: 'ozturk' }), await found({ phone: '5550107777' })]).toEqual([false, false]);
  });
});

it('clients stored without keys are found when a newer version starts [P3]', async () => {
  const before = [Tables1764000000000, ClientKeys1764807000001];
  const database = await testDatabase('referrals', before);
  await withClient(database.adminUrl, async (client) => {
    await client.query('set search_path = referrals');
    for (const sql of timersAtOnce) await client.query(sql);
    await client.query(olderInsert, [clientId, owner]);
  });
  await migrate({
    ...{ service: 'referrals', ownerUrl: database.ownerUrl },
    migrations: [...before, ClientKeyed1764900000002],
  });
  const timers = await withClient(database.adminUrl, (client) =>
    client.query<object>('select kind, subject, payload from referrals.timer'),
  );
  expect(timers.rows).toEqual([{ kind: 'client-keys', subject: clientId, payload: { ownerOrganizationId: owner } }]);
  await database.close();
});
