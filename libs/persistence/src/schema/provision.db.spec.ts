import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { freshDatabase, testPasswords } from '#testing';
import { withClient } from './admin-client.ts';
import { migrate } from './migrate.ts';
import { provision } from './provision.ts';
import { serviceUrls } from './service-urls.ts';

const HARBOR = '0190a0c0-0000-7000-8000-000300000002';

class CreateSecret1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table secret (organization_id uuid not null);
      insert into secret values ('${HARBOR}');
      alter table secret enable row level security;
      alter table secret force row level security;
      create policy own on secret using (organization_id = nullif(current_setting('app.tenant', true), '')::uuid)`);
  }

  async down(): Promise<void> {}
}

/** Counts its runs in a sequence, which no rollback undoes. */
class CountRuns1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create sequence if not exists runs`);
    await runner.query(`select nextval('runs'), pg_sleep(0.2)`);
  }

  async down(): Promise<void> {}
}

class Fails1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table half (id int)`);
    await runner.query(`select 1 / 0`);
  }

  async down(): Promise<void> {}
}

describe('provisioning and migrating a service', () => {
  let adminUrl: string;
  let drop: () => Promise<void>;
  let urls: { ownerUrl: string; appUrl: string };
  const service = 'provision_spec';
  const provisionIt = (): Promise<void> => provision({ adminUrl, service, passwords: testPasswords });
  const migrateIt = (...migrations: (new () => MigrationInterface)[]): Promise<void> =>
    migrate({ service, ownerUrl: urls.ownerUrl, migrations });
  const asApp = (sql: string): Promise<unknown[]> =>
    withClient(urls.appUrl, async (client) => (await client.query<object>(sql)).rows);

  beforeAll(async () => {
    ({ adminUrl, drop } = await freshDatabase());
    urls = serviceUrls(adminUrl, service, testPasswords);
  });
  afterAll(() => drop());

  it('may run concurrently and repeatedly', async () => {
    await Promise.all([provisionIt(), provisionIt(), provisionIt()]);
    await provisionIt();
    const roles = await withClient(adminUrl, (client) =>
      client.query(
        `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles
          where rolname like 'provision\\_spec\\_%' order by rolname`,
      ),
    );
    const plain = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false };
    expect(roles.rows).toEqual([
      { rolname: 'provision_spec_app', ...plain },
      { rolname: 'provision_spec_owner', ...plain },
    ]);
  });

  it('works in two databases of one server concurrently', async () => {
    const others = await Promise.all([freshDatabase(), freshDatabase(), freshDatabase()]);
    const both = others.map((each) =>
      provision({ adminUrl: each.adminUrl, service: 'provision_twice', passwords: testPasswords }),
    );
    await Promise.all(both);
    await Promise.all(others.map((each) => each.drop()));
  });

  it('runs each migration once, even if other processes start at the same moment', async () => {
    const both = [CreateSecret1764000000001, CountRuns1764000000002];
    await Promise.all([migrateIt(...both), migrateIt(...both)]);
    await migrateIt(...both);
    expect(await asApp(`select last_value::int as runs from ${service}.runs`)).toEqual([{ runs: 1 }]);
  });

  it('rolls back a failing migration, keeps those before it, and continues when it is fixed', async () => {
    const before = [CreateSecret1764000000001, CountRuns1764000000002];
    await expect(migrateIt(...before, Fails1764000000003)).rejects.toThrow(
      '"Fails1764000000003" failed, error: division by zero',
    );
    expect(await asApp(`select to_regclass('${service}.half') as half`)).toEqual([{ half: null }]);
    Fails1764000000003.prototype.up = async (runner) => void (await runner.query('create table half (id int)'));
    await migrateIt(...before, Fails1764000000003);
    expect(await asApp(`select count(*)::int as count from ${service}.half`)).toEqual([{ count: 0 }]);
  });

  it('waits while another instance of the service migrates, because both change rights of the same tables [F3]', async () => {
    const waiting: string[] = [];
    class ChangesRights1764000000004 implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(`revoke truncate on secret from ${service}_app`);
        const begun = provisionIt();
        while (waiting.length === 0) {
          const rows = (await runner.query(
            `select locktype from pg_locks where not granted and pid in
               (select pid from pg_stat_activity where datname = current_database())`,
          )) as readonly { readonly locktype: string }[];
          waiting.push(...rows.map(({ locktype }) => locktype));
        }
        provisioned = begun;
        await runner.query(`revoke truncate on "migration" from ${service}_app`);
      }

      async down(): Promise<void> {}
    }
    let provisioned: Promise<void> | undefined;
    const before = [CreateSecret1764000000001, CountRuns1764000000002, Fails1764000000003];
    await migrateIt(...before, ChangesRights1764000000004);
    await provisioned;
    // an advisory lock of ours, and no lock of PostgreSQL on a table or its row, which could deadlock
    expect(waiting).toEqual(['advisory']);
  });

  it('changes a password that no longer works', async () => {
    const changed = { owner: 'another', app: 'another' };
    await provision({ adminUrl, service: 'provision_changed', passwords: testPasswords });
    await provision({ adminUrl, service: 'provision_changed', passwords: changed });
    const { appUrl } = serviceUrls(adminUrl, 'provision_changed', changed);
    const entered = await withClient(appUrl, (client) => client.query('select current_user as me'));
    expect(entered.rows).toEqual([{ me: 'provision_changed_app' }]);
  });

  it('revokes additional rights that somebody gave to the application role', async () => {
    await withClient(adminUrl, (client) => client.query(`alter role ${service}_app bypassrls createrole`));
    await provisionIt();
    expect(await asApp('select rolbypassrls, rolcreaterole from pg_roles where rolname = current_user')).toEqual([
      { rolbypassrls: false, rolcreaterole: false },
    ]);
  });

  describe('then the application role cannot get past a policy:', () => {
    it.each([
      ['without a tenant it sees nothing', `select * from ${service}.secret`],
      [
        'an empty tenant matches nothing',
        `select set_config('app.tenant', '', false); select * from ${service}.secret`,
      ],
    ])('%s', async (_rule, sql) => {
      const rows = await withClient(urls.appUrl, async (client) => {
        const answer = (await client.query(sql)) as unknown as { rows: unknown[] } | { rows: unknown[] }[];
        return Array.isArray(answer) ? answer.at(-1)?.rows : answer.rows;
      });
      expect(rows).toEqual([]);
    });

    it.each([
      ['turn row security off', `set row_security = off; select * from ${service}.secret`],
      ['disable it on the table', `alter table ${service}.secret disable row level security`],
      ['drop the policy', `drop policy own on ${service}.secret`],
      ['add a policy of its own', `create policy mine on ${service}.secret using (true)`],
      ['become the owner', `set role ${service}_owner`],
      ['raise itself', `alter role ${service}_app bypassrls`],
      ['empty the table', `truncate ${service}.secret`],
      ['make tables', `create table ${service}.mine (id int)`],
      ['rewrite which migrations ran', `delete from ${service}.migration`],
    ])('it may not %s', async (_attempt, sql) => {
      await expect(asApp(sql)).rejects.toMatchObject({ code: '42501' });
    });

    it('even the owner, who serves nothing, is subject to it', async () => {
      const rows = await withClient(urls.ownerUrl, (client) => client.query(`select * from ${service}.secret`));
      expect(rows.rows).toEqual([]);
    });
  });
});
