import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A rebuild forgets rows by their referral. */
export class RowsOfReferral1764600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index inbox_of_referral on inbox_row (referral_id)');
    await runner.query('create index board_of_referral on board_row (referral_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index board_of_referral, inbox_of_referral');
  }
}
