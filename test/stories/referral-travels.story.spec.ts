import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '#persistence';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { referralTravels } from './referral-travels.ts';
import { canaryNames } from './scene.ts';

describe('a referral travels from a hospital through three agencies and closes', () => {
  let deployment: TestDeployment;

  beforeAll(async () => {
    deployment = await openDeployment();
  });

  afterAll(() => deployment.close());

  it('ends closed with service, and every side sees the same', async () => {
    await referralTravels(deployment);
  });

  it('can be repeated beside the first one', async () => {
    await referralTravels(deployment);
  });

  it('left no name of the client in any event', async () => {
    await deployment.settle();
    await withClient(deployment.adminUrl, async (client) => {
      const { rows } = await client.query<{ count: string }>(
        `select count(*) from embedded_transport.message m
         where m::text ilike any($1::text[])`,
        [Object.values(canaryNames).map((name) => `%${name}%`)],
      );
      expect(rows[0]?.count).toBe('0');
    });
  });
});
