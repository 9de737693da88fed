import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A network's own timer lengths, which its policy tells. */
export class PolicyTimers1764700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table policy_copy add column timers jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table policy_copy drop column timers');
  }
}
