import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { testDatabase } from '#testing';
import type { TestDatabase } from '#testing';
import { withClient } from './schema/admin-client.ts';
import { connectDatabase } from './connect.ts';
import { databaseFault, Unavailable } from './faults.ts';
import type { Scope } from './scope.ts';
import { statement } from './statement.ts';
import { UnitOfWork } from './unit-of-work.ts';
import type { Tx } from './unit-of-work.ts';

const HARBOR = '0190a0c0-0000-7000-8000-000300000002';
const OPEN_DOOR = '0190a0c0-0000-7000-8000-000300000003';
const PERSON = '0190a0c0-0000-7000-8000-000500000004';

const harbor: Scope = { kind: 'tenant', organizationId: HARBOR, personId: PERSON };
const openDoor: Scope = { kind: 'tenant', organizationId: OPEN_DOOR, personId: PERSON };
const nobody: Scope = { kind: 'system', key: '' };

class CreateNote1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table note (organization_id uuid not null, text text not null unique);
      alter table note enable row level security;
      alter table note force row level security;
      create policy own on note using (
        current_setting('app.scope', true) = 'tenant'
        and organization_id = nullif(current_setting('app.tenant', true), '')::uuid)`);
  }

  async down(): Promise<void> {}
}

const settings = statement(
  'settings',
  `select array[current_setting('app.scope', true), current_setting('app.tenant', true),
                current_setting('app.network', true), current_setting('app.key', true),
                current_setting('app.person', true)] as values`,
);
const addNote = statement('note-add', 'insert into note (organization_id, text) values ($1, $2)');
const noteTexts = statement('note-texts', 'select text from note order by text');
const backend = statement('backend', 'select pg_backend_pid() as pid');

async function settingsOf(tx: Tx): Promise<readonly string[] | undefined> {
  const [row] = await tx.query<{ values: string[] }>(settings);
  return row?.values;
}

describe('a unit of work', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let work: UnitOfWork;

  beforeAll(async () => {
    database = await testDatabase('referrals', [CreateNote1764000000001]);
    // a pool of one: every unit of work gets the connection of the one before
    dataSource = await connectDatabase({ service: 'referrals', url: database.appUrl, poolSize: 1 });
    work = new UnitOfWork(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.close();
  });

  const notesSeenBy = (scope: Scope): Promise<string[]> =>
    work.run(scope, async (tx) => (await tx.query<{ text: string }>(noteTexts)).map((row) => row.text));

  it('passes the scope to the policies, each kind with its own settings', async () => {
    const network: Scope = { kind: 'network', networkId: OPEN_DOOR, organizationId: HARBOR, personId: PERSON };
    expect(await work.run(harbor, settingsOf)).toEqual(['tenant', HARBOR, '', '', PERSON]);
    expect(await work.run(network, settingsOf)).toEqual(['network', HARBOR, OPEN_DOOR, '', PERSON]);
    expect(await work.run({ ...harbor, kind: 'packet' }, settingsOf)).toEqual(['packet', HARBOR, '', '', PERSON]);
    expect(await work.run({ kind: 'system', key: 'r-1' }, settingsOf)).toEqual(['system', '', '', 'r-1', '']);
  });

  it('leaves no tenant behind for the next user of the connection, committed or rolled back', async () => {
    const left = async (): Promise<unknown> => (await dataSource.query<unknown[]>(settings.text))[0];
    await work.run(harbor, settingsOf);
    expect(await left()).toEqual({ values: ['', '', '', '', ''] });
    await expect(work.run(harbor, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await left()).toEqual({ values: ['', '', '', '', ''] });
  });

  it('quotes any key, and refuses the one character that no text may contain', async () => {
    const key = `'); drop table note; select ('\\'`;
    expect((await work.run({ kind: 'system', key }, settingsOf))?.[3]).toBe(key);
    await expect(work.run({ kind: 'system', key: `a\0b` }, settingsOf)).rejects.toThrow('NUL');
    expect(await notesSeenBy(harbor)).toEqual([]);
  });

  it('shows each tenant its own rows, and nothing without a scope', async () => {
    await work.run(harbor, (tx) => tx.query(addNote, [HARBOR, 'of harbor']));
    await work.run(openDoor, (tx) => tx.query(addNote, [OPEN_DOOR, 'of open door']));
    expect(await notesSeenBy(harbor)).toEqual(['of harbor']);
    expect(await notesSeenBy(openDoor)).toEqual(['of open door']);
    expect(await notesSeenBy(nobody)).toEqual([]);
  });

  it('does not let a tenant write rows of another', async () => {
    const forged = work.run(harbor, (tx) => tx.query(addNote, [OPEN_DOOR, 'forged']));
    await expect(forged).rejects.toMatchObject({ code: '42501' });
  });

  it('can change its scope until its end', async () => {
    const seen = await work.run(nobody, async (tx) => {
      await tx.useScope(openDoor);
      return tx.query<{ text: string }>(noteTexts);
    });
    expect(seen).toEqual([{ text: 'of open door' }]);
    expect(await work.run(nobody, settingsOf)).toEqual(['system', '', '', '', '']);
  });

  it('stores nothing when the work throws, and calls no commit hook', async () => {
    const calls: string[] = [];
    const failing = work.run(harbor, async (tx) => {
      tx.afterCommit(() => calls.push('committed'));
      await tx.query(addNote, [HARBOR, 'never']);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await notesSeenBy(harbor)).toEqual(['of harbor']);
    expect(calls).toEqual([]);
  });

  it('calls the commit hooks once the commit is durable and the connection is free', async () => {
    const seen = new Promise<string[]>((resolve) => {
      void work.run(harbor, async (tx) => {
        tx.afterCommit(() => resolve(notesSeenBy(harbor)));
        await tx.query(addNote, [HARBOR, 'and then']);
      });
    });
    expect(await seen).toEqual(['and then', 'of harbor']);
  });

  it('fails if a failed statement was swallowed', async () => {
    const swallowing = work.run(harbor, async (tx) => {
      await tx.query(addNote, [HARBOR, 'swallowed']);
      await tx.query(addNote, [HARBOR, 'swallowed']).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('nothing was stored');
    expect(await notesSeenBy(harbor)).not.toContain('swallowed');
  });

  it("lets repositories save through its manager without committing early: the manager's own transaction nests", async () => {
    const failing = work.run(harbor, async (tx) => {
      await tx.manager.transaction(async (inner) => {
        await inner.query(`insert into note values ('${HARBOR}', 'nested')`);
      });
      throw new Error('later');
    });
    await expect(failing).rejects.toThrow('later');
    expect(await notesSeenBy(harbor)).not.toContain('nested');
  });

  it('gives instants as text with milliseconds and Z, days as text, big numbers as text', async () => {
    const values = statement(
      'values',
      `select '2026-11-24 07:17:00.12+01'::timestamptz as instant, '2026-11-24 06:17:00'::timestamptz(3) as whole,
              array['2026-11-24 06:17:00.9996'::timestamptz] as instants, '2026-02-03'::date as day,
              array['2026-02-03'::date] as days, 9007199254740993::int8 as big, array[1::int8] as bigs,
              7::int4 as small, null::timestamptz as absent, '{"a": 1}'::jsonb as json`,
    );
    const [row] = await work.run(nobody, (tx) => tx.query(values));
    expect(row).toEqual({
      instant: '2026-11-24T06:17:00.120Z',
      whole: '2026-11-24T06:17:00.000Z',
      instants: ['2026-11-24T06:17:00.999Z'],
      day: '2026-02-03',
      days: ['2026-02-03'],
      big: '9007199254740993',
      bigs: ['1'],
      small: 7,
      absent: null,
      json: { a: 1 },
    });
  });

  it('prepares a statement once per connection', async () => {
    const prepared = statement('prepared', 'select count(*)::int as count from pg_prepared_statements where name = $1');
    await work.run(nobody, (tx) => tx.query(backend));
    await work.run(nobody, (tx) => tx.query(backend));
    expect(await work.run(nobody, (tx) => tx.query(prepared, ['backend']))).toEqual([{ count: 1 }]);
  });

  it('is unavailable, not broken, when its connection is cut; the next one gets a new connection', async () => {
    const cut = work.run(nobody, async (tx) => {
      const [row] = await tx.query<{ pid: number }>(backend);
      await withClient(database.adminUrl, (admin) => admin.query('select pg_terminate_backend($1)', [row?.pid]));
      await tx.query(backend);
    });
    await expect(cut).rejects.toBeInstanceOf(Unavailable);
    expect(await notesSeenBy(harbor)).toContain('of harbor');
  });

  it('is unavailable when a statement takes longer than allowed, and keeps the connection', async () => {
    const limit = statement('limit', `select set_config('statement_timeout', '50', true)`);
    const [before] = await work.run(nobody, (tx) => tx.query<{ pid: number }>(backend));
    const slow = work.run(nobody, async (tx) => {
      await tx.query(limit);
      await tx.query(statement('slow', 'select pg_sleep(10)'));
    });
    await expect(slow).rejects.toBeInstanceOf(Unavailable);
    expect(await work.run(nobody, (tx) => tx.query(backend))).toEqual([before]);
  });

  it('distinguishes a deadlock from an unavailable database', async () => {
    const met = work.run(nobody, (tx) =>
      tx.query(statement('met', `do $$ begin raise exception using errcode = '40P01'; end $$`)),
    );
    expect(databaseFault(await met.catch((error: unknown) => error))).toBe('met');
  });
});

describe('a database that does not answer', () => {
  it('is unavailable', async () => {
    const away = connectDatabase({ service: 'referrals', url: 'postgres://nobody:nothing@127.0.0.1:1/nowhere' });
    await expect(away).rejects.toBeInstanceOf(Unavailable);
  });
});
