import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventTables } from '#events';

/** People of a network see each other; only the system (seed, issuer) reads across networks and writes. */
const policies = (table: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy of_network on ${table} for select using (
     current_setting('app.scope', true) = 'network'
     and network_id = nullif(current_setting('app.network', true), '')::uuid)`,
  `create policy house on ${table} for all using (current_setting('app.scope', true) = 'system')`,
];

const tables: readonly string[] = [
  `create table person (
     person_id uuid primary key,
     login text not null unique,
     display_name text not null,
     organization_id uuid not null,
     network_id uuid not null,
     roles text[] not null,
     scopes text[] not null,
     language text not null,
     email text,
     active boolean not null,
     version integer not null
   )`,
  `create index person_of_network on person (network_id, display_name, person_id)`,
  `create index person_of_organization on person (organization_id, display_name, person_id)`,
  `create table system_client (
     client_id text primary key,
     person_id uuid not null unique,
     organization_id uuid not null,
     network_id uuid not null,
     scopes text[] not null
   )`,
  ...policies('person'),
  ...policies('system_client'),
];

export class IdentityTables1764000000001 implements MigrationInterface {
  readonly name = 'IdentityTables1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...eventTables, ...tables]) await runner.query(sql);
  }

  /** No migration ever removes people; a database is dropped as a whole. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
