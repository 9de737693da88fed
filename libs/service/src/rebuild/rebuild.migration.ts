import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rebuildTables } from '#events';
import type { MigrationClass } from '#persistence';

class RebuildTables1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of rebuildTables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rebuild');
  }
}

/** For every service: a platform table that was added after the services' first migrations. */
export const rebuildMigrations: readonly MigrationClass[] = [RebuildTables1764600000000];
