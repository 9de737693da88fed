import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationClass } from '#persistence';

const inSystemScope = `(current_setting('app.scope', true) = 'system')`;

/** Ids, codes and flags, no client data: the guard reads them before it knows the caller, only the system writes them. */
const policies = (table: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy read on ${table} for select using (true)`,
  `create policy told on ${table} for insert with check ${inSystemScope}`,
  `create policy changed on ${table} for update using ${inSystemScope} with check ${inSystemScope}`,
  `create policy forgotten on ${table} for delete using ${inSystemScope}`,
];

class RosterTables1764806000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const tables = [
      `create table roster_person (
         person_id uuid primary key,
         organization_id uuid not null,
         network_id uuid not null,
         roles text[] not null,
         active boolean not null,
         version integer not null
       )`,
      `create table roster_organization (
         organization_id uuid primary key,
         network_id uuid not null,
         kind text not null,
         active boolean not null,
         version integer not null
       )`,
    ];
    const guarded = ['roster_person', 'roster_organization'].flatMap(policies);
    for (const sql of [...tables, ...guarded]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table roster_organization, roster_person');
  }
}

/** For every service: who works where, for its guard. */
export const rosterMigrations: readonly MigrationClass[] = [RosterTables1764806000001];
