import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A rebuild deletes replica rows by referral, so they have an index by it. */
export class KnownOfReferral1764600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index known_task_of_referral on known_task (referral_id)');
    await runner.query('create index known_access_of_referral on known_access (referral_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index known_access_of_referral, known_task_of_referral');
  }
}
