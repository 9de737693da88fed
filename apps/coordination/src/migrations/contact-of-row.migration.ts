import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An agency's row says how the client may be reached, before anybody opens the packet. */
export class ContactOfRow1764900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table inbox_row add column contact_prohibited boolean not null default false, add column contact_channels text[]`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table inbox_row drop column contact_channels, drop column contact_prohibited');
  }
}
