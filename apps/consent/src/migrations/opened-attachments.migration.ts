import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which attachments an opening handed over. Entries of before handed over none, and their seals say so too. */
export class OpenedAttachments1764700000001 implements MigrationInterface {
  readonly name = 'OpenedAttachments1764700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table disclosure_entry add column attachment_ids uuid[] not null default '{}'`);
  }

  /** The ledger is never unmade by a migration. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
