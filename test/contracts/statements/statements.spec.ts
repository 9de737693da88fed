import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { embeddedTransport } from '#events';
import { serviceUrls, sessionOptions, statement, type Statement } from '#persistence';
import { databaseWith, testPasswords, type FreshDatabase } from '#testing';
import { describeStatement } from './describe.ts';
import { everyStatement, namesInSource, withUnregistered } from './every-statement.ts';

const { libs, services } = await everyStatement();

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

  /** Statements that PostgreSQL refuses, each with its message. */
  function refused(service: string, statements: readonly Statement[]): Promise<readonly string[]> {
    return asService(service, async (client) => {
      const faults: string[] = [];
      for (const each of statements) {
        await describeStatement(client, each).catch((error: unknown) =>
          faults.push(`${service}: "${each.name}": ${error instanceof Error ? error.message : String(error)}`),
        );
      }
      return faults;
    });
  }

  it.each(services)('of $service fits its schema and its rights', async ({ service, statements }) => {
    expect(statements.length).toBeGreaterThan(5);
    expect(await refused(service, [...libs, ...statements])).toEqual([]);
  });

  it('is among those described', () => {
    const described = new Set([libs, ...services.map((each) => each.statements)].flat().map(({ name }) => name));
    expect(namesInSource(process.cwd()).filter((name) => !described.has(name))).toEqual([]);
    expect(withUnregistered(process.cwd())).toEqual([]);
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
    expect(await refused('referrals', [statement('planted', text)])).toEqual([`referrals: "planted": ${message}`]);
  });
});
