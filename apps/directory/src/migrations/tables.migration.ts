import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventTables } from '#events';

/** Everybody of a network reads its directory; an organization changes its own entries, a network-admin the policy. */
const policies = (table: string, mine: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy of_network on ${table} for select using (
     current_setting('app.scope', true) = 'network'
     and network_id = nullif(current_setting('app.network', true), '')::uuid)`,
  `create policy own on ${table} for all using (
     current_setting('app.scope', true) = 'network'
     and network_id = nullif(current_setting('app.network', true), '')::uuid
     and ${mine})`,
  `create policy house on ${table} for all using (current_setting('app.scope', true) = 'system')`,
];

const ownOrganization = `organization_id = nullif(current_setting('app.tenant', true), '')::uuid`;

const tables: readonly string[] = [
  `create table network (
     network_id uuid primary key,
     code text not null unique,
     name text not null,
     reroute text not null,
     offer text not null,
     decline_review boolean not null,
     timers jsonb not null,
     version integer not null
   )`,
  `create table area (
     area_id uuid primary key,
     network_id uuid not null,
     code text not null,
     name text not null,
     unique (network_id, code)
   )`,
  `create table organization (
     organization_id uuid primary key,
     network_id uuid not null,
     code text not null,
     name text not null,
     kind text not null,
     victim_service boolean not null,
     time_zone text not null,
     active boolean not null,
     version integer not null,
     unique (network_id, code)
   )`,
  `create table healthcare_service (
     healthcare_service_id uuid primary key,
     network_id uuid not null,
     organization_id uuid not null,
     code text not null,
     name text not null,
     need text not null,
     area_ids uuid[] not null,
     languages text[] not null,
     openness text not null,
     openness_at timestamptz(3) not null,
     required text[] not null,
     asked text[] not null,
     active boolean not null,
     version integer not null,
     unique (network_id, code)
   )`,
  `create index healthcare_service_of_need on healthcare_service (network_id, need, code)`,
  `create index healthcare_service_of_organization on healthcare_service (organization_id, code)`,
  ...policies('network', 'true'),
  ...policies('area', 'false'),
  ...policies('organization', ownOrganization),
  ...policies('healthcare_service', ownOrganization),
];

export class DirectoryTables1764000000001 implements MigrationInterface {
  readonly name = 'DirectoryTables1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...eventTables, ...tables]) await runner.query(sql);
  }

  /** No migration ever removes the directory; a database is dropped as a whole. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
