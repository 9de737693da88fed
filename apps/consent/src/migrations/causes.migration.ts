import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All findings of verifications so far, each once: privacy officers are notified of new ones. */
const findings: readonly string[] = [
  `create table ledger_finding (
     finding text primary key,
     verification_id uuid not null,
     found_at timestamptz(3) not null
   )`,
  'alter table ledger_verification add column openings integer',
  `create index disclosure_entry_opened on disclosure_entry (referral_id) where kind = 'opened'`,
  'revoke update, delete, truncate on ledger_finding from consent_app',
  `create trigger append_only before update or delete on ledger_finding
     for each row execute function refuse_change()`,
];

/**
 * The cause of an access's end, in the ledger; the cause of a smaller permission, in the last published one. Older
 * entries have no cause, and their seals stay valid.
 */
export class Causes1764900000001 implements MigrationInterface {
  readonly name = 'Causes1764900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table disclosure_entry add column cause text');
    await runner.query(
      `alter table permission add column expired_categories text[] not null default '{}',
         add column expired_at timestamptz(3)`,
    );
    for (const sql of findings) await runner.query(sql);
  }

  /** No migration ever removes the ledger. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
