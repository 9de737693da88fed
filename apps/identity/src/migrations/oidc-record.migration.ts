import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The records of the issuer: sessions, sign-ins in progress, codes, refresh tokens. Each row expires. */
const sql: readonly string[] = [
  `create table oidc_record (
     kind text not null,
     id_hash text not null,
     payload jsonb not null,
     grant_id text,
     uid text,
     consumed_at timestamptz(3),
     expires_at timestamptz(3) not null,
     primary key (kind, id_hash)
   )`,
  `create index oidc_record_of_grant on oidc_record (grant_id) where grant_id is not null`,
  `create index oidc_record_by_uid on oidc_record (kind, uid) where uid is not null`,
  `create index oidc_record_by_end on oidc_record (expires_at)`,
  `alter table oidc_record enable row level security`,
  `alter table oidc_record force row level security`,
  `create policy house on oidc_record for all using (current_setting('app.scope', true) = 'system')`,
];

export class OidcRecords1764000000002 implements MigrationInterface {
  readonly name = 'OidcRecords1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const each of sql) await runner.query(each);
  }

  /** A database is dropped as a whole. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
