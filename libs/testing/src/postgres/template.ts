import { createHash } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { withAdvisoryLock } from '#persistence';
import { freshDatabase, provisionForTests, testCluster, testPasswords, type FreshDatabase } from '../database.ts';

/** Templates of this run: global-setup.mjs names it and drops them at its end. */
const prefix = `test_template_${process.env.TEST_DATABASE_RUN ?? process.pid}_`;

/**
 * A new database with the tables of these services. The first call of a run creates them in a template; the others copy
 * the template, which takes a tenth of the time.
 */
export async function databaseWith(...modules: readonly Type[]): Promise<FreshDatabase> {
  // imported late: the specs of lower libs do not need a whole service
  const { allMigrations, prepareDatabase, serviceOptions } = await import('#service');
  const services = modules.map((module) => ({ module, options: serviceOptions(module) }));
  const tables = services.flatMap(({ options }) => [options.name, ...allMigrations(options).map(({ name }) => name)]);
  const template = prefix + createHash('sha256').update(tables.join()).digest('hex').slice(0, 16);
  await withAdvisoryLock(testCluster().adminUrl, template, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount === 1) return;
    const { adminUrl, drop } = await freshDatabase();
    try {
      for (const { module, options } of services) {
        await provisionForTests(adminUrl, options.name);
        await prepareDatabase(module, { adminUrl, passwords: testPasswords });
      }
      // only now, so that nobody copies half a template
      await client.query(`alter database ${new URL(adminUrl).pathname.slice(1)} rename to ${template}`);
    } catch (error) {
      await drop();
      throw error;
    }
  });
  return freshDatabase(template);
}
