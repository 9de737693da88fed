import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { seedOrganizationId } from '#contracts';
import { serviceUrls } from '#persistence';
import { testPasswords } from '#testing';
import { services } from '../../../apps/platform/src/services.ts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { sent } from '../../stories/scene.ts';
import { reachOf } from './reach.ts';
import { rights } from './rights.lines.ts';

const [harbor, lakeside, hospital] = ['harbor-house', 'lakeside', 'st-brigid'].map(seedOrganizationId);

describe('the rights of the application’s own role', () => {
  let deployment: TestDeployment;
  let scene: Awaited<ReturnType<typeof sent>>;
  beforeAll(async () => {
    deployment = await openDeployment();
    scene = await sent(deployment);
    await deployment.settle();
  });
  afterAll(() => deployment?.close());

  it.each(services.map(({ name }) => name))('in %s match the table for each command [S9]', async (name) => {
    expect(await reachOf(deployment.adminUrl, name)).toEqual(rights[name]);
  });

  /** Runs in one scope of one service; returns the touched rows, or why it failed. Everything is rolled back. */
  async function attempt(service: string, settings: Readonly<Record<string, string>>, sql: string): Promise<string> {
    const client = new pg.Client({ connectionString: serviceUrls(deployment.adminUrl, service, testPasswords).appUrl });
    await client.connect();
    try {
      await client.query(`set search_path = ${service}; begin`);
      for (const [key, value] of Object.entries(settings))
        await client.query(`select set_config('app.${key}', $1, true)`, [value]);
      return `${(await client.query(sql)).rowCount ?? 0} rows`;
    } catch (error) {
      return error instanceof pg.DatabaseError ? (error.code ?? 'fault') : 'fault';
    } finally {
      await client.end();
    }
  }
  const as = (scope: string, tenant = ''): Readonly<Record<string, string>> => ({ scope, tenant });
  /** Refused by a right (42501), by a policy that hides the rows, or by a trigger. */
  const refused = expect.stringMatching(/^(42501|P0001|0 rows)$/);

  it('do not include changing or removing a client in packet scope [S9]', async () => {
    expect(await attempt('referrals', as('packet', harbor), 'select from client')).toBe('1 rows');
    for (const sql of [
      `update client set given = 'X'`,
      'delete from client',
      `update need_text set stated_need = 'X'`,
      'delete from message',
    ])
      expect([sql, await attempt('referrals', as('packet', harbor), sql)]).toEqual([sql, refused]);
  });

  it.each([
    'access',
    'task',
    'referral',
    'service_request',
    'client',
    'need_text',
    'need_detail',
    'message',
    'attachment',
  ])('let no organization remove or take over rows of %s in its own scope [S9]', async (table) => {
    for (const tenant of [harbor, lakeside, hospital])
      for (const scope of ['tenant', 'packet', 'network'])
        expect([scope, await attempt('referrals', as(scope, tenant), `delete from ${table}`)]).toEqual([
          scope,
          refused,
        ]);
  });

  it('do not let anybody write what consent allows, or who works where [S9]', async () => {
    const sql = `update gate_permission set categories = '{core-contact}'`;
    for (const scope of ['tenant', 'packet', 'network'])
      for (const attack of [sql, 'delete from gate_permission', 'update organization_copy set active = false'])
        expect([attack, await attempt('referrals', as(scope, harbor), attack)]).toEqual([attack, refused]);
    const roster = `update roster_person set roles = '{coordinator}'`;
    for (const { name } of services) expect(await attempt(name, as('tenant', harbor), roster)).toBe('0 rows');
  });

  it('do not let anybody grant themselves access and then read the client [S9]', async () => {
    const row = JSON.stringify({
      ...{ taskId: scene.taskId, serviceRequestId: scene.serviceRequestId, clientId: scene.clientId },
      ...{ fromOrganizationId: hospital, toOrganizationId: lakeside, endedAt: null },
    });
    const sql = `insert into access (access_id, row, referral_id) values (gen_random_uuid(), '${row}', '${scene.referralId}')`;
    for (const scope of ['tenant', 'packet', 'network', ''])
      for (const tenant of [harbor, lakeside, hospital])
        expect(await attempt('referrals', as(scope, tenant), sql)).toBe('42501');
    for (const table of ['access', 'task', 'referral'])
      expect(await attempt('referrals', as('tenant', hospital), `update ${table} set row = row`)).toEqual(refused);
  });

  it.each(services.map(({ name }) => name))(
    'let nobody rewrite the event log of %s, not even its owner [S9]',
    async (name) => {
      const attacks = [
        `update event set data = '{}'`,
        `update event set type = type`,
        'delete from event',
        'truncate event',
      ];
      for (const scope of ['tenant', 'packet', 'network', 'system'])
        for (const sql of attacks) expect([sql, await attempt(name, as(scope, harbor), sql)]).toEqual([sql, '42501']);
      const { ownerUrl } = serviceUrls(deployment.adminUrl, name, testPasswords);
      const owner = new pg.Client({ connectionString: ownerUrl });
      await owner.connect();
      try {
        // coordination publishes nothing, so there is no row to change
        const rows = name === 'coordination' ? [] : [`update event set data = '{}'`, 'delete from event'];
        for (const sql of [...rows, 'truncate event'])
          await expect(owner.query(`set search_path = ${name}; ${sql}`)).rejects.toThrow('append-only');
      } finally {
        await owner.end();
      }
    },
  );

  it.each([
    ['referrals', 'client_reading'],
    ['consent', 'disclosure_entry'],
    ['identity', 'person'],
    ['directory', 'organization'],
    ['notifications', 'notification'],
    ['coordination', 'inbox_row'],
  ])('let no reader in %s remove rows of %s [S9]', async (service, table) => {
    for (const scope of ['tenant', 'network', 'packet'])
      expect(await attempt(service, as(scope, harbor), `delete from ${table}`)).toEqual(refused);
  });
});
