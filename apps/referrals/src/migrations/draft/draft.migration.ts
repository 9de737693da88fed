import type { MigrationInterface, QueryRunner } from 'typeorm';

const setting = (name: string): string => `nullif(current_setting('app.${name}', true), '')::uuid`;
const own = `current_setting('app.scope', true) = 'tenant'
  and person_id = ${setting('person')} and organization_id = ${setting('tenant')}`;

/**
 * What a person is writing: theirs alone, within their organization. A draft's row holds ids and stays, so that the same
 * draft never becomes a second referral; what was typed stands in its sections, which are erased.
 */
const statements = [
  `create table draft (
     person_id uuid not null,
     draft_id uuid not null,
     organization_id uuid not null,
     kind text not null,
     task_id uuid,
     referral_id uuid,
     created_at timestamptz(3) not null,
     ended_at timestamptz(3),
     primary key (person_id, draft_id))`,
  `create table draft_section (
     person_id uuid not null,
     draft_id uuid not null,
     name text not null,
     organization_id uuid not null,
     version integer not null,
     at timestamptz(3) not null,
     device text not null,
     content text not null,
     primary key (person_id, draft_id, name))`,
  ...['draft', 'draft_section'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy own on ${table} for select using (${own})`,
    `create policy written on ${table} for insert with check (${own})`,
    `create policy changed on ${table} for update using (${own}) with check (${own})`,
    `revoke truncate, references, trigger on ${table} from referrals_app`,
  ]),
  `create policy erased on draft_section for delete using (${own})`,
  'revoke delete on draft from referrals_app',
];

export class Draft1765000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('a table with what people wrote is never taken away'));
  }
}
