import type { MigrationInterface, QueryRunner } from 'typeorm';
import { resendTables } from '#events';
import type { MigrationClass } from '#persistence';

class ResendTables1764803000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of resendTables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table resend');
  }
}

/** For every service: a platform table that was added after the services' first migrations. */
export const resendMigrations: readonly MigrationClass[] = [ResendTables1764803000002];
