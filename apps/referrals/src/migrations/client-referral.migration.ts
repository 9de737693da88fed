import type { MigrationInterface, QueryRunner } from 'typeorm';

const inSystemScope = `(current_setting('app.scope', true) = 'system')`;

/** Ids alone, open to every scope of this service: a death ends the client's referrals that have no Task as well. */
const statements = [
  `create table client_referral (referral_id uuid primary key, client_id uuid not null)`,
  `create index client_referral_by_client on client_referral (client_id)`,
  // The owner reads its own table whole, for this one statement.
  'alter table referral no force row level security',
  'insert into client_referral (referral_id, client_id) select referral_id, client_id from referral',
  'alter table referral force row level security',
  'alter table client_referral enable row level security',
  'alter table client_referral force row level security',
  'create policy read on client_referral for select using (true)',
  `create policy told on client_referral for insert with check ${inSystemScope}`,
  `create policy changed on client_referral for update using ${inSystemScope} with check ${inSystemScope}`,
  'revoke delete, truncate, references, trigger on client_referral from referrals_app',
];

export class ClientReferral1764900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table client_referral');
  }
}
