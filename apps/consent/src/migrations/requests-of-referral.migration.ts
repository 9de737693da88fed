import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A rebuild deletes requests by their referral. */
export class RequestsOfReferral1764600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index consent_request_of_referral on consent_request (referral_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index consent_request_of_referral');
  }
}
