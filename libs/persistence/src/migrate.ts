import { DataSource } from 'typeorm';
import type { MigrationInterface } from 'typeorm';
import { withAdvisoryLock } from './admin-client.ts';
import { sessionOptions } from './connect.ts';
import { asFault } from './faults.ts';

/** Its name ends with 13 digits, which give the order: `class CreateTask1764000000001`. Unqualified SQL: the schema is the service's. */
export type MigrationClass = new () => MigrationInterface;

export interface MigrateOptions {
  readonly service: string;
  /** Of the role `<service>_owner`, see {@link serviceUrls}. */
  readonly ownerUrl: string;
  readonly migrations: readonly MigrationClass[];
}

/** Where TypeORM writes down what has run; the application may read it and no more. */
const TABLE = 'migration';

/**
 * Runs what has not run yet, each in its own transaction with its note, so that an interrupted start goes on where it
 * stopped; one process at a time, the others wait and find it done. Throws what a migration throws.
 */
export async function migrate(o: MigrateOptions): Promise<void> {
  await withAdvisoryLock(o.ownerUrl, `migrate ${o.service}`, async (client) => {
    const dataSource = new DataSource({
      type: 'postgres',
      url: o.ownerUrl,
      schema: o.service,
      migrations: [...o.migrations],
      migrationsTableName: TABLE,
      migrationsTransactionMode: 'each',
      synchronize: false,
      logging: false,
      installExtensions: false,
      poolSize: 2,
      applicationName: `${o.service} migrate`,
      poolErrorHandler: () => undefined,
      extra: { options: sessionOptions(o.service) },
    });
    await run(dataSource);
    await client.query(`revoke insert, update, delete on ${o.service}.${TABLE} from ${o.service}_app`);
  });
}

async function run(dataSource: DataSource): Promise<void> {
  try {
    await dataSource.initialize();
    await dataSource.runMigrations({ transaction: 'each' });
  } catch (error) {
    throw asFault(error);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}
