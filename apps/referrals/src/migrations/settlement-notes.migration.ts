import type { MigrationInterface, QueryRunner } from 'typeorm';

const scoped = (name: string): string => `current_setting('app.scope', true) = '${name}'`;
const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;
const key = `nullif(current_setting('app.key', true), '')::uuid`;

/** The words of whoever settled a need by hand: the sender's to read, and the author's own. */
export class SettlementNotes1764808000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table settlement_note (
      service_request_id uuid primary key,
      referral_id uuid not null,
      owner_organization_id uuid not null,
      author_organization_id uuid not null,
      text text not null)`);
    await runner.query('alter table settlement_note enable row level security');
    await runner.query('alter table settlement_note force row level security');
    await runner.query(`create policy settlement_note_read on settlement_note for select
      using (${scoped('tenant')} and ${tenant} in (owner_organization_id, author_organization_id))`);
    await runner.query(`create policy settlement_note_replaced on settlement_note
      using (${scoped('system')} and referral_id = ${key})`);
  }

  async down(): Promise<void> {
    throw new Error('a table with what people wrote is never taken away');
  }
}
