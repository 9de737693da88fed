import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedOrganizationId } from '#contracts';
import { serviceUrls, withClient } from '#persistence';
import { testPasswords } from '#testing';
import { services } from '../../../apps/platform/src/services.ts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person } from '../../stories/people.ts';
import { drafted, task } from '../../stories/scene.ts';

const names = services.map(({ name }) => name);

describe('A role of the database that is not the service’s', () => {
  const stranger = `stranger_${randomBytes(4).toString('hex')}`;
  let deployment: TestDeployment;
  let strangerUrl: string;

  beforeAll(async () => {
    deployment = await openDeployment();
    const url = new URL(deployment.adminUrl);
    [url.username, url.password] = [stranger, 'of-a-stranger'];
    strangerUrl = url.href;
    await withClient(deployment.adminUrl, (client) =>
      client.query(`create role ${stranger} login password '${url.password}'`),
    );
  });

  afterAll(async () => {
    await withClient(deployment.adminUrl, (client) => client.query(`drop role ${stranger}`));
    await deployment.close();
  });

  it.each(['stranger', 'notifications', 'referrals', 'coordination'])(
    'cannot forge a consent, so the Task stays where it is (%s) [S2]',
    async (who) => {
      const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
      const url = who === 'stranger' ? strangerUrl : serviceUrls(deployment.adminUrl, who, testPasswords).appUrl;
      const forged = {
        ...{ clientId, recipientOrganizationId: seedOrganizationId('harbor-house'), purpose: 'care-coordination' },
        ...{ direction: 'forward', categories: ['core-contact', 'stated-need'], returnPath: 'outcome', consentIds: [] },
        ...{ validFrom: '2026-01-01T00:00:00.000Z', permissionVersion: 1 },
      };
      const publish = withClient(url, (client) =>
        client.query('select embedded_transport.publish($1, $2, $3, $4, $5)', [
          'consent.events',
          [0],
          [clientId],
          [JSON.stringify({ ce_type: 'consent.permission.changed' })],
          [JSON.stringify(forged)],
        ]),
      );
      await expect(publish).rejects.toMatchObject({ code: '42501' });
      await deployment.settle();
      expect((await task(new Person(deployment, 'dana.planner'), taskId)).state).toBe('draft');
    },
  );

  it('is granted nothing in any of our schemas, on no table and on no function [S2]', async () => {
    const open = await withClient(deployment.adminUrl, async (client) => {
      const { rows } = await client.query<{ open: string }>(
        `select n.nspname || '.' || what.name as open from pg_namespace n, lateral (
           select '' as name, coalesce(n.nspacl, acldefault('n', n.nspowner)) as acl union all
           select relname, relacl from pg_class where relnamespace = n.oid and relacl is not null union all
           select proname, coalesce(proacl, acldefault('f', proowner)) from pg_proc where pronamespace = n.oid
         ) as what, aclexplode(what.acl) as granted
         where n.nspname = any ($1::text[]) and granted.grantee = 0`,
        [['embedded_transport', ...names]],
      );
      return rows;
    });
    expect(open).toEqual([]);
  });

  it('of another service can access only its own schema [S2]', async () => {
    for (const name of names) {
      const { rows } = await withClient(serviceUrls(deployment.adminUrl, name, testPasswords).appUrl, (client) =>
        client.query<{ name: string }>(
          `select nspname as name from pg_namespace
            where nspname = any ($1::text[]) and has_schema_privilege(oid, 'usage') order by 1`,
          [names],
        ),
      );
      expect(rows).toEqual([{ name }]);
    }
  });
});
