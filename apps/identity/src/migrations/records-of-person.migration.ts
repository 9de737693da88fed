import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds everything that a person is signed in with, without reading the records of others. */
export class OidcRecordsOfPerson1764806000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index oidc_record_of_person on oidc_record ((payload ->> 'accountId')) where payload ? 'accountId'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index oidc_record_of_person');
  }
}
