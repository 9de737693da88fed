import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The sessions of the web application. `id_hash` and `sealed` follow from the cookie's value, which is not here. A row
 * ends at `idle_at`, which is never after `ends_at`. `renewing_until`: somebody is asking the issuer for new tokens.
 */
const sql: readonly string[] = [
  `create table web_session (
     id_hash text primary key,
     person_id uuid not null,
     sealed text not null,
     renewed_at timestamptz(3) not null,
     renewing_until timestamptz(3),
     idle_at timestamptz(3) not null,
     ends_at timestamptz(3) not null,
     check (idle_at <= ends_at)
   )`,
  `create index web_session_of_person on web_session (person_id)`,
  `create index web_session_by_end on web_session (idle_at)`,
  `alter table web_session enable row level security`,
  `alter table web_session force row level security`,
  `create policy system_only on web_session for all using (current_setting('app.scope', true) = 'system')`,
  `revoke truncate, references, trigger on web_session from identity_app`,
];

export class WebSession1764900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const each of sql) await runner.query(each);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table web_session');
  }
}
