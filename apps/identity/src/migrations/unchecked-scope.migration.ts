import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Takes away a scope that was granted and that nothing checked. The issuer refuses a program with a scope that it does
 * not know. The owner of the table is under its policies too, so they are lifted for this one statement.
 */
export class UncheckedScope1765100000001 implements MigrationInterface {
  readonly name = 'UncheckedScope1765100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table system_client no force row level security');
    await runner.query(`update system_client set scopes = array_remove(scopes, 'candidates:read')`);
    await runner.query('alter table system_client force row level security');
  }

  /** The platform before it works without the scope, too. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
