import type { MigrationInterface, QueryRunner } from 'typeorm';

const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;
const person = `nullif(current_setting('app.person', true), '')::uuid`;
const ofPeople = `current_setting('app.scope', true) in ('tenant', 'packet', 'network')`;

/** Who of an organization read which client's data, how, and on which day: noted by the reader, and by nobody changed. */
const sql: readonly string[] = [
  `create table client_reading (
    reading_id uuid not null unique,
    reader_id uuid not null,
    day date not null,
    client_id uuid not null,
    kind text not null,
    organization_id uuid not null,
    at timestamptz(3) not null,
    primary key (reader_id, day, client_id, kind))`,
  `create index client_reading_of_organization on client_reading (organization_id, at desc, reading_id desc)`,
  `create index client_reading_of_client on client_reading (organization_id, client_id, at desc, reading_id desc)`,
  `create index client_reading_of_reader on client_reading (organization_id, reader_id, at desc, reading_id desc)`,
  `alter table client_reading enable row level security`,
  `alter table client_reading force row level security`,
  `create policy of_organization on client_reading for select using (${ofPeople} and organization_id = ${tenant})`,
  `create policy noted on client_reading for insert
     with check (${ofPeople} and organization_id = ${tenant} and reader_id = ${person})`,
  `create function refuse_change() returns trigger language plpgsql as $$
     begin raise exception '% is append-only', tg_table_name; end $$`,
  `create trigger append_only before update or delete on client_reading for each row execute function refuse_change()`,
  `create trigger never_emptied before truncate on client_reading
     for each statement execute function refuse_change()`,
  `revoke update, delete, truncate on client_reading from referrals_app`,
];

export class ClientReading1764806000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of sql) await runner.query(each);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('what was read stays noted'));
  }
}
