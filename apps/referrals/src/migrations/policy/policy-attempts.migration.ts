import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What `unable-to-contact` takes in a network, which its policy tells; null: the default. */
export class PolicyAttempts1765000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table policy_copy add column attempts jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table policy_copy drop column attempts');
  }
}
