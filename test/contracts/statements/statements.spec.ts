import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { embeddedTransport, recordStatement } from '#events';
import { serviceUrls, sessionOptions, statement, type NamedSql } from '#persistence';
import { databaseWith, testPasswords, type FreshDatabase } from '#testing';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { describeStatement, type Description } from './describe.ts';
import { documentOf, inCommon } from './document.ts';
import { entityFaults } from './entity-faults.ts';
import { everyStatement, isComposedAs, namesInSource, withUnregistered } from './every-statement.ts';

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
  /** By name. */
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

  const described = new Map<string, Promise<Described>>();

  /** What PostgreSQL says about the statements of the libs and of a service, remembered by service. */
  function describedFor(service: string): Promise<Described> {
    const own = services.find((each) => each.service === service)?.statements ?? [];
    const asked = described.get(service) ?? describedIn(service, [...libs, ...own]);
    described.set(service, asked);
    return asked;
  }

  /** What PostgreSQL says about the statements that an app or lib makes, in whatever service. */
  async function describedOf(room: string): Promise<ReadonlyMap<string, Description>> {
    const inApp = services.filter(({ service }) => room === `apps/${service}`);
    const known = new Map<string, Description>();
    for (const { service } of inApp.length === 0 ? services : inApp)
      for (const [name, each] of (await describedFor(service)).known) known.set(name, each);
    return known;
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
    expect((await describedFor(service)).refused).toEqual([]);
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
    const made = [...new Set([libs, ...services.map((each) => each.statements)].flat().map(({ name }) => name))];
    const names = [...namesInSource(root).values()];
    const written = names.flatMap((each) => each.written);
    expect(written.filter((name) => !made.includes(name))).toEqual([]);
    expect(written.filter((name, i) => written.indexOf(name) !== i)).toEqual([]);
    // the compiler would mix up a name that is written out with one that is composed in the same way
    const composed = names.flatMap((each) => each.composed).filter((name) => name !== 'columns of ${string}');
    expect(written.filter((name) => composed.some((each) => isComposedAs(each, name)))).toEqual([]);
    expect(composed.filter((each) => !made.some((name) => isComposedAs(each, name)))).toEqual([]);
    expect(withUnregistered(root)).toEqual([]);
  });

  it.each(Object.entries(documents))('of %s has the parameters and rows that %s says', async (room, file) => {
    const known = await describedOf(room);
    const { written, composed } = namesInSource(root).get(room) ?? { written: [], composed: [] };
    const families = composed.flatMap((name) => {
      const common = inCommon([...known].filter(([each]) => isComposedAs(name, each)).map(([, each]) => each));
      return common === undefined ? [] : [[name, common] as const];
    });
    const own = new Map([...known].filter(([name]) => written.includes(name)));
    const text = documentOf('#persistence', own, new Map(families));
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
