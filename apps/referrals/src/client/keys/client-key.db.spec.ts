import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '#persistence';
import { RunningReferrals } from '../../testing/running-referrals.ts';
import { matching } from './client-key.rows.ts';

let referrals: RunningReferrals;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
});
afterAll(() => referrals.close());

describe('a large organization', () => {
  it('is searched by index: no read of all clients or all keys, whoever asks [P3]', async () => {
    const owner = '01900000-0000-7000-8000-0000000000aa';
    await withClient(referrals.at.deployment.adminUrl, async (client) => {
      await client.query('set search_path = referrals');
      await client.query(
        `insert into client (client_id, owner_organization_id, version, keyed_version, given, language, contact_prohibited,
           created_at)
         select gen_random_uuid(), $1, 1, 1, 'x', 'en', false, now() from generate_series(1, 20000)`,
        [owner],
      );
      await client.query(
        `insert into client_key select owner_organization_id, 'n' || substr(client_id::text, 1, 9), client_id
         from client where owner_organization_id = $1`,
        [owner],
      );
    });
    await referrals.rows('analyze referrals.client, referrals.client_key');
    const planIn = (scope: string): Promise<string> =>
      withClient(referrals.at.appUrl, async (client) => {
        await client.query(`select set_config('app.scope', $1, false), set_config('app.tenant', $2, false)`, [
          scope,
          owner,
        ]);
        await client.query('set plan_cache_mode = force_generic_plan; set search_path = referrals');
        await client.query(
          `prepare asked (uuid[], int[], int[], text[], text[], int[]) as
             select client_id, given from client where client_id in (${matching(1)}) order by client_id limit 51`,
        );
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `explain execute asked ('{${owner}}', '{1,1}', '{1,2}', '{na,nb}', '{na~,nb~}', '{2}')`,
        );
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      });
    for (const scope of ['tenant', 'packet']) {
      const plan = await planIn(scope);
      expect(plan).not.toMatch(/Seq Scan on client/);
      expect(plan).toMatch(/Index (Only )?Scan using client_key_pkey on client_key key/);
      expect(plan).toMatch(/Index Cond: .*owner_organization_id.*key.* >= a\.low.*key.* < a\.high/);
    }
  });
});
