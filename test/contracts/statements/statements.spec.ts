import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { embeddedTransport, recordStatement } from '#events';
import { serviceUrls, sessionOptions, statement, type NamedSql } from '#persistence';
import { databaseWith, testPasswords, type FreshDatabase } from '#testing';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { describeStatement, type Description } from './describe.ts';
import { documentOf } from './document.ts';
import { entityFaults } from './entity-faults.ts';
import { everyStatement, namesInSource, withUnregistered } from './every-statement.ts';

const root = process.cwd();
const update = process.env['UPDATE_RELEASED'] === '1';
const renew = 'run `UPDATE_RELEASED=1 npm test -- statements` and commit the files described-statements.ts';
const { libs, services } = await everyStatement();
const { serviceOptions } = await import('#service');

/** Where the compiler finds the types of the statements of each app and lib. */
const documents: Readonly<Record<string, string>> = {
  'libs/events': 'libs/events/src/log/described-statements.ts',
  'libs/service': 'libs/service/src/described-statements.ts',
  ...Object.fromEntries(
    services.map(({ service }) => [`apps/${service}`, `apps/${service}/src/described-statements.ts`]),
  ),
};

interface Described {
  readonly known: ReadonlyMap<string, Description>;
  readonly refused: readonly string[];
}

/** PostgreSQL describes every named statement as the role that runs it. */
describe('every named statement', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await databaseWith(...services.map(({ module }) => module));
    const transport = embeddedTransport({ adminUrl: database.adminUrl });
    await transport.prepare(['statements.events'], 1);
    await transport.close();
  });
  afterAll(() => database?.drop());

  /** The application's own role in its own schema, as in the product. */
  async function asService<T>(service: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({
      connectionString: serviceUrls(database.adminUrl, service, testPasswords).appUrl,
      options: `${sessionOptions(service)} -c plan_cache_mode=force_generic_plan`,
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** What PostgreSQL says about each, by name, and of those that it refuses the message. */
  function describedIn(service: string, statements: readonly NamedSql[]): Promise<Described> {
    return asService(service, async (client) => {
      const known = new Map<string, Description>();
      const refused: string[] = [];
      for (const each of statements) {
        try {
          known.set(each.name, await describeStatement(client, each));
        } catch (error) {
          refused.push(`${service}: "${each.name}": ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      return { known, refused };
    });
  }

  it.each(services)('of $service fits its schema and its rights', async ({ service, statements }) => {
    expect(statements.length).toBeGreaterThan(5);
    expect((await describedIn(service, [...libs, ...statements])).refused).toEqual([]);
  });

  it.each(services)('of the entities of $service fit their tables', async ({ service, module }) => {
    const faults = await asService(service, async (client) => {
      const found: string[] = [];
      for (const entity of serviceOptions(module).entities ?? []) found.push(...(await entityFaults(client, entity)));
      return found;
    });
    expect(faults).toEqual([]);
  });

  it('and an entity that does not fit its table is refused', async () => {
    @Entity('organization')
    class Planted {
      @PrimaryColumn('uuid') readonly organization_id!: string;
      @Column('integer') readonly name!: number;
      @Column('text', { nullable: true }) readonly kind!: string | null;
      @Column('text') readonly nmae!: string;
    }
    expect(await asService('directory', (client) => entityFaults(client, Planted))).toEqual([
      'Planted.name is integer, the column text',
      'Planted.kind may be null, the column never',
      'Planted.nmae: organization has no such column',
    ]);
  });

  it('and a table that record writes is refused for a column that does not exist', async () => {
    const task = { name: 'task', key: ['task_id'], columns: ['task_id', 'rwo'] };
    const part = { events: false, timersSet: false, timersRemoved: false, answer: false };
    const { refused } = await describedIn('referrals', [recordStatement({ ...part, tables: [task] })]);
    expect(refused).toEqual([expect.stringContaining('column "rwo" of relation "task" does not exist')]);
  });

  it('is among those described', () => {
    const described = new Set([libs, ...services.map((each) => each.statements)].flat().map(({ name }) => name));
    const written = [...namesInSource(root).values()].flat();
    expect(written.filter((name) => !described.has(name))).toEqual([]);
    expect(written.filter((name, i) => written.indexOf(name) !== i)).toEqual([]);
    expect(withUnregistered(root)).toEqual([]);
  });

  it.each(Object.entries(documents))('of %s has the parameters and rows that %s says', async (room, file) => {
    const own = services.find(({ service }) => room === `apps/${service}`) ?? services[0];
    const { known } = await describedIn(`${own?.service}`, [...libs, ...(own?.statements ?? [])]);
    const names = namesInSource(root).get(room) ?? [];
    const text = documentOf('#persistence', new Map([...known].filter(([name]) => names.includes(name))));
    const path = join(root, file);
    if (update) writeFileSync(path, text);
    expect({ stale: !existsSync(path) || readFileSync(path, 'utf8') !== text, renew }).toEqual({ stale: false, renew });
  });

  it.each([
    ['a table that does not exist', 'select 1 from tsak', 'relation "tsak" does not exist'],
    ['a column that does not exist', 'select task_idd from task', 'column "task_idd" does not exist'],
    [
      'a parameter of the wrong type',
      'select 1 from task where task_id = $1::int',
      'operator does not exist: uuid = integer',
    ],
    [
      'too few values',
      'insert into delivered_task (task_id, delivered_at) values ($1)',
      'INSERT has more target columns than expressions',
    ],
    ['a right that the role has not', `update event set data = '{}'`, 'permission denied for table event'],
    ['a schema of another service', 'select 1 from consent.consent', 'permission denied for schema consent'],
  ])('is refused by name for %s', async (_what, text, message) => {
    const { refused } = await describedIn('referrals', [statement('planted', text)]);
    expect(refused).toEqual([`referrals: "planted": ${message}`]);
  });
});
