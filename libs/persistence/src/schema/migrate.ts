import { DataSource } from 'typeorm';
import type { Logger, MigrationInterface } from 'typeorm';
import { withAdvisoryLock } from './admin-client.ts';
import { sessionOptions } from '../connect.ts';
import { asFault, databaseFault } from '../faults.ts';

/**
 * Its name ends with 13 digits, which give the order: `class CreateTask1764000000001`. Unqualified SQL: the schema is the
 * service's.
 */
export type MigrationClass = new () => MigrationInterface;

export interface MigrateOptions {
  readonly service: string;
  /** The URL for the role `<service>_owner`, see {@link serviceUrls}. */
  readonly ownerUrl: string;
  readonly migrations: readonly MigrationClass[];
}

const MEETINGS = 5;

/** Where TypeORM records the migrations that have run; the application may only read it. */
export const MIGRATION_TABLE = 'migration';

/** The lock of a service's schema: one process at a time changes its tables and rights. */
export function schemaLock(service: string): string {
  return `migrate ${service}`;
}

/**
 * Runs the pending migrations, each in one transaction with its record, so that an interrupted start continues where it
 * stopped. One process runs them; the others wait and find them done. Throws {@link Unavailable}, or an Error that names
 * the failed migration.
 */
export async function migrate(o: MigrateOptions): Promise<void> {
  await withAdvisoryLock(o.ownerUrl, schemaLock(o.service), async (client) => {
    const words = new MigrationWords();
    const dataSource = new DataSource({
      type: 'postgres',
      url: o.ownerUrl,
      schema: o.service,
      migrations: [...o.migrations],
      migrationsTableName: MIGRATION_TABLE,
      migrationsTransactionMode: 'each',
      synchronize: false,
      logger: words,
      installExtensions: false,
      poolSize: 2,
      applicationName: `${o.service} migrate`,
      poolErrorHandler: () => undefined,
      extra: { options: sessionOptions(o.service) },
    });
    await run(dataSource, words);
    await client.query(`revoke insert, update, delete on ${o.service}.${MIGRATION_TABLE} from ${o.service}_app`);
  });
}

async function run(dataSource: DataSource, words: MigrationWords): Promise<void> {
  try {
    await dataSource.initialize();
    await runAll(dataSource);
  } catch (error) {
    const fault = asFault(error);
    throw words.failed === undefined || fault !== error ? fault : new Error(words.failed, { cause: error });
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** Services start in parallel, and two of them may collide on objects of the whole database: its roles and rights. */
async function runAll(dataSource: DataSource): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await dataSource.runMigrations({ transaction: 'each' });
      return;
    } catch (error) {
      if (databaseFault(error) !== 'met' || tries === MEETINGS) throw error;
    }
  }
}

/** TypeORM names the failed migration only to its logger, which would print beside our own log. */
class MigrationWords implements Logger {
  failed: string | undefined;

  logMigration(message: string): void {
    if (message.includes('failed')) this.failed = message;
  }

  log(): void {}
  logQuery(): void {}
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
}
