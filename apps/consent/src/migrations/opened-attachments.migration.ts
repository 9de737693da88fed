import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The attachments that an opening handed over. Older entries handed over none, and their seals confirm it. */
export class OpenedAttachments1764700000001 implements MigrationInterface {
  readonly name = 'OpenedAttachments1764700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table disclosure_entry add column attachment_ids uuid[] not null default '{}'`);
  }

  /** No migration ever removes the ledger. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
