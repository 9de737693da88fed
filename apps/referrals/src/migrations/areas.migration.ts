import type { MigrationInterface, QueryRunner } from 'typeorm';

const inSystemScope = `(current_setting('app.scope', true) = 'system')`;

/** Areas by their own record, beside those that services name: ids alone, read by everybody here, written by the platform. */
const statements = [
  'create table area_copy (area_id uuid primary key, network_id uuid not null, version integer not null)',
  'alter table area_copy enable row level security',
  'alter table area_copy force row level security',
  'create policy read on area_copy for select using (true)',
  `create policy told on area_copy for insert with check ${inSystemScope}`,
  `create policy changed on area_copy for update using ${inSystemScope} with check ${inSystemScope}`,
  `create policy forgotten on area_copy for delete using ${inSystemScope}`,
  'revoke truncate, references, trigger on area_copy from referrals_app',
];

export class Areas1764900000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table area_copy');
  }
}
