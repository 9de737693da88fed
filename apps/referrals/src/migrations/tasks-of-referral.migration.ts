import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A rebuild forgets deliveries by their referral. */
export class TasksOfReferral1764600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index task_of_client_of_referral on task_of_client (referral_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index task_of_client_of_referral');
  }
}
