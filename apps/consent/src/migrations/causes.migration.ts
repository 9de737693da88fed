import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What verifications have found so far, each once: who answers for privacy is told of what is new. */
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
 * Why an access ended, in the ledger; why an answer shrank, in what was last published. Entries of before say no cause, and
 * their seals hold.
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

  /** The ledger is never unmade by a migration. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
