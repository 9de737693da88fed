import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceUrls } from '#persistence';
import { testPasswords } from '#testing';
import { seedOrganizationId } from '#contracts';
import pg from 'pg';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from '../stories/people.ts';
import { sent } from '../stories/scene.ts';

describe('what one organization can reach of another', () => {
  let deployment: TestDeployment;
  let scene: Awaited<ReturnType<typeof sent>>;

  beforeAll(async () => {
    deployment = await openDeployment();
    scene = await sent(deployment);
  });

  afterAll(() => deployment.close());

  const asApplication = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const { appUrl } = serviceUrls(deployment.adminUrl, 'referrals', testPasswords);
    const client = new pg.Client({ connectionString: appUrl });
    await client.connect();
    try {
      await client.query('set search_path = referrals');
      return await work(client);
    } finally {
      await client.end();
    }
  };

  const count = async (client: pg.Client, table: string): Promise<number> =>
    Number((await client.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n);

  const policed = [
    'referral',
    'service_request',
    'task',
    'access',
    'client',
    'need_text',
    'need_detail',
    'message',
    'proposal',
    'attachment',
    'attachment_file',
  ];

  it('the application role sees no row at all without a scope', () =>
    asApplication(async (client) => {
      for (const table of policed) expect([table, await count(client, table)]).toEqual([table, 0]);
    }));

  it('the application role cannot bypass its policies, become another role or change a table', () =>
    asApplication(async (client) => {
      for (const sql of [
        'set row_security = off; select count(*) from client',
        'alter table client disable row level security',
        'alter table client no force row level security',
        'drop policy client_1 on client',
        'create policy mine on client using (true)',
        'set role referrals_owner',
        'set role postgres',
        'set session authorization postgres',
        'grant referrals_owner to referrals_app',
        'alter role referrals_app bypassrls',
        'select count(*) from consent.consent',
        'select count(*) from identity.person',
      ]) {
        await expect(client.query(sql)).rejects.toThrow();
        await client.query('set row_security = on');
      }
      expect(await count(client, 'client')).toBe(0);
    }));

  it('an agency in its own scope sees its Task and no client data', () =>
    asApplication(async (client) => {
      await client.query('begin');
      await client.query(`select set_config('app.scope', 'tenant', true), set_config('app.tenant', $1, true)`, [
        seedOrganizationId('harbor-house'),
      ]);
      expect(await count(client, 'task')).toBe(1);
      for (const table of [
        'client',
        'need_text',
        'need_detail',
        'referral',
        'message',
        'attachment',
        'attachment_file',
      ]) {
        expect([table, await count(client, table)]).toEqual([table, 0]);
      }
      await client.query('rollback');
    }));

  it('another agency gets, for every read and action, exactly the answer for a thing that does not exist', async () => {
    const outsider = new Person(deployment, 'iris.lakeside');
    const nowhere = '0190a0c0-0000-7000-8000-00ffffffffff';
    const routes = (taskId: string): readonly (readonly [string, string, unknown?])[] => [
      ['GET', `/api/referrals/tasks/${taskId}`],
      ['GET', `/api/referrals/tasks/${taskId}/messages`],
      ['POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' }],
      ['POST', `/api/referrals/tasks/${taskId}/acknowledge`, {}],
      ['POST', `/api/referrals/tasks/${taskId}/decline`, { reason: 'no-capacity' }],
    ];
    for (const [index, [method, path, body]] of routes(scene.taskId).entries()) {
      const [, absentPath] = routes(nowhere)[index] as readonly [string, string];
      const ask = (to: string): ReturnType<Person['ask']> =>
        method === 'GET' || to.endsWith('/packet')
          ? outsider.ask(method, to, body)
          : outsider.command(method, to, body, 1);
      const [theirs, absent] = [await ask(path), await ask(absentPath)];
      expect([path, theirs.status, theirs.text]).toEqual([path, 404, absent.text]);
      expect(theirs.text).toBe(
        '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}',
      );
    }
    const queried = await outsider.ask('POST', '/api/referrals/tasks/query', { taskIds: [scene.taskId] });
    expect(queried.body).toEqual({ items: [] });
    expect((await outsider.get<{ items: unknown[] }>('/api/coordination/inbox')).items).toEqual([]);
    const timeline = await outsider.ask('GET', `/api/coordination/referrals/${scene.referralId}/timeline`);
    expect(timeline.status).toBe(404);
  });
});
