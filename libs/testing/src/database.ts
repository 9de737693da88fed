import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import {
  connectDatabase,
  migrate,
  provision,
  serviceUrls,
  UnitOfWork,
  withAdvisoryLock,
  withClient,
} from '#persistence';
import type { MigrationClass } from '#persistence';

/** The cluster of this run: Jest's global-setup.mjs starts one, or TEST_DATABASE_URL names another. */
export function testCluster(): { readonly adminUrl: string } {
  const adminUrl = process.env.TEST_DATABASE_URL;
  if (adminUrl === undefined)
    throw new Error('no PostgreSQL: name the spec that opens it *.db.spec.ts, and run it with npm test');
  return { adminUrl };
}

export interface FreshDatabase {
  readonly adminUrl: string;
  /** Cuts open connections. */
  drop(): Promise<void>;
}

/** A new database of the cluster: an empty one, or a copy of another to which nobody is connected. */
export async function freshDatabase(template = 'template0'): Promise<FreshDatabase> {
  const cluster = testCluster().adminUrl;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(cluster, (client) => client.query(`create database ${name} template ${template}`));
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return {
    adminUrl: url.href,
    drop: async () => {
      await withClient(cluster, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** Shared by every service in tests: roles belong to the cluster, so all files must use the same. */
export const testPasswords = { owner: 'owner-of-tests', app: 'app-of-tests' } as const;

/** {@link provision} with the passwords of tests, one at a time in the whole cluster. */
export async function provisionForTests(adminUrl: string, service: string): Promise<void> {
  await withAdvisoryLock(testCluster().adminUrl, 'provision for tests', () =>
    provision({ adminUrl, service, passwords: testPasswords }),
  );
}

/** A service's own migrated database, and the application's access to it. */
export interface TestDatabase {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly dataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  close(): Promise<void>;
}

/** A new database for one spec file (takes some tenths of a second). Close it in `afterAll`. */
export async function testDatabase(service: string, migrations: readonly MigrationClass[]): Promise<TestDatabase> {
  const { adminUrl, drop } = await freshDatabase();
  try {
    await provisionForTests(adminUrl, service);
    const { ownerUrl, appUrl } = serviceUrls(adminUrl, service, testPasswords);
    await migrate({ service, ownerUrl, migrations });
    const dataSource = await connectDatabase({ service, url: appUrl });
    const close = async (): Promise<void> => {
      await dataSource.destroy();
      await drop();
    };
    return { adminUrl, ownerUrl, appUrl, dataSource, unitOfWork: new UnitOfWork(dataSource), close };
  } catch (error) {
    await drop();
    throw error;
  }
}
