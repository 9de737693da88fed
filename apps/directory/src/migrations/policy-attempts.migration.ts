import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A network decides after how many attempts a client counts as out of reach. */
export class PolicyAttempts1765000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table network add column attempts jsonb not null
         default '{"count": 3, "channels": 2, "businessDays": 5}'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table network drop column attempts');
  }
}
