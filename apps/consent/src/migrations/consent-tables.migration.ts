import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventTables } from '#events';

const scope = `current_setting('app.scope', true)`;
const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;
const key = `nullif(current_setting('app.key', true), '')::uuid`;
const ofClient = `${scope} = 'system' and client_id = ${key}`;

/** Row-level security that also applies to the owner of the table. */
const guarded = (table: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
];

/** Replicas of events: ids and codes, no client data, so no policy (contract.md §5.2). */
const copies: readonly string[] = [
  `create table known_referral (
     referral_id uuid primary key,
     client_id uuid not null,
     organization_id uuid not null,
     network_id uuid not null
   )`,
  'create index known_referral_of_client on known_referral (client_id, organization_id)',
  `create table known_organization (
     organization_id uuid primary key,
     network_id uuid not null,
     hospital boolean not null,
     active boolean not null
   )`,
  'create index known_organization_of_network on known_organization (network_id)',
  `create table known_service (
     healthcare_service_id uuid primary key,
     organization_id uuid not null,
     treats boolean not null
   )`,
  'create index known_service_of_organization on known_service (organization_id) where treats',
  // Clients with a consent whose effect depends on who treats.
  'create table treating_watch (client_id uuid primary key)',
];

/**
 * Client data: visible to disclosers, to the recorder and to the client's owner; written only in the client's own stream.
 */
const consents: readonly string[] = [
  `create table consent (
     consent_id uuid primary key,
     client_id uuid not null,
     version integer not null,
     kind text not null,
     recorded_by uuid not null,
     recorded_by_organization_id uuid not null,
     network_id uuid not null,
     recorded_at timestamptz(3) not null,
     disclosers uuid[] not null,
     recipients uuid[] not null,
     recipient_class text,
     intermediary_id uuid,
     categories text[] not null,
     purposes text[] not null,
     directions text[] not null,
     return_path text not null,
     expires_on date,
     expires_event text,
     signed_name text,
     signer jsonb,
     method text not null,
     attestation jsonb,
     evidence_sha256 text,
     evidence_type text,
     statement_version text,
     language text,
     signed_at timestamptz(3),
     expiry_told_at timestamptz(3)
   )`,
  'create index consent_of_client on consent (client_id, consent_id)',
  ...guarded('consent'),
  `create policy of_disclosers on consent for select using (${scope} = 'tenant' and (
     ${tenant} = any (disclosers) or ${tenant} = recorded_by_organization_id
     or exists (select from known_referral k where k.client_id = consent.client_id and k.organization_id = ${tenant})))`,
  `create policy of_coordinators on consent for select using (${scope} = 'network' and (
     ${tenant} = any (recipients) or ${tenant} = intermediary_id))`,
  `create policy in_stream on consent for all using (${ofClient}) with check (${ofClient})`,

  `create table consent_revocation (
     revocation_id uuid primary key,
     consent_id uuid not null,
     client_id uuid not null,
     at timestamptz(3) not null,
     received_at timestamptz(3) not null,
     method text not null,
     whole boolean not null,
     recipients uuid[],
     categories text[],
     directions text[],
     purposes text[],
     recorded_by uuid not null,
     recorded_by_organization_id uuid not null
   )`,
  'create index consent_revocation_of_consent on consent_revocation (consent_id)',
  'create index consent_revocation_of_client on consent_revocation (client_id)',
  ...guarded('consent_revocation'),
  // The policies of consent apply inside: a reader who sees a consent sees its revocations.
  `create policy with_consent on consent_revocation for select using (
     exists (select from consent c where c.consent_id = consent_revocation.consent_id))`,
  `create policy in_stream on consent_revocation for all using (${ofClient}) with check (${ofClient})`,

  `create table consent_evidence (
     consent_id uuid primary key,
     client_id uuid not null,
     sha256 text not null,
     content_type text not null,
     bytes bytea not null
   )`,
  ...guarded('consent_evidence'),
  // Stored but never returned: no route reads it.
  `create policy in_stream on consent_evidence for insert with check (${ofClient})`,
];

const permissions: readonly string[] = [
  `create table permission (
     client_id uuid not null,
     recipient_organization_id uuid not null,
     purpose text not null,
     direction text not null,
     categories text[] not null,
     return_path text not null,
     consent_ids uuid[] not null,
     valid_from timestamptz(3) not null,
     valid_until timestamptz(3),
     intermediary boolean not null,
     version integer not null,
     primary key (client_id, recipient_organization_id, purpose, direction)
   )`,
  ...guarded('permission'),
  `create policy in_stream on permission for all using (${ofClient}) with check (${ofClient})`,
  `create policy of_coordinators on permission for select using (
     ${scope} = 'network' and recipient_organization_id = ${tenant})`,
];

const requests: readonly string[] = [
  `create table consent_request (
     request_id uuid primary key,
     client_id uuid not null,
     task_id uuid not null,
     referral_id uuid not null,
     from_organization_id uuid not null,
     network_id uuid not null,
     recipient_organization_id uuid,
     categories text[] not null,
     purpose text not null,
     opened_at timestamptz(3) not null,
     closed_at timestamptz(3)
   )`,
  'create unique index consent_request_open_of_task on consent_request (task_id) where closed_at is null',
  'create index consent_request_of_sender on consent_request (from_organization_id, request_id)',
  'create index consent_request_of_network on consent_request (network_id, request_id)',
  ...guarded('consent_request'),
  `create policy of_sender on consent_request for select using (
     ${scope} = 'tenant' and from_organization_id = ${tenant})`,
  // Coordinators: if consent names the coordinating organization for this client.
  `create policy of_coordinators on consent_request for select using (${scope} = 'network'
     and network_id = nullif(current_setting('app.network', true), '')::uuid
     and exists (select from permission p where p.client_id = consent_request.client_id
                 and p.recipient_organization_id = ${tenant} and cardinality(p.categories) > 0))`,
  `create policy in_stream on consent_request for all using (
     ${scope} = 'system' and ${key} in (client_id, referral_id)) with check (${ofClient})`,
];

/** Append-only: there is no policy to update or delete an entry, and a trigger stops roles that bypass policies. */
const disclosures: readonly string[] = [
  `create table disclosure_entry (
     entry_id uuid primary key,
     client_id uuid not null,
     place integer not null,
     event_id uuid not null unique,
     disclosure_id uuid unique,
     access_id uuid,
     kind text not null,
     direction text not null,
     at timestamptz(3) not null,
     referral_id uuid not null,
     task_id uuid not null,
     from_organization_id uuid not null,
     to_organization_id uuid not null,
     reader_id uuid,
     categories text[] not null,
     purpose text not null,
     consent_ids uuid[] not null,
     notice_codes text[] not null,
     previous_seal text not null,
     seal text not null,
     unique (client_id, place)
   )`,
  'create index disclosure_entry_of_task on disclosure_entry (task_id, place)',
  'create index disclosure_entry_of_access on disclosure_entry (access_id) where access_id is not null',
  ...guarded('disclosure_entry'),
  `create policy of_parties on disclosure_entry for select using (
     ${scope} = 'tenant' and ${tenant} in (from_organization_id, to_organization_id))`,
  `create policy of_coordinators on disclosure_entry for select using (
     ${scope} = 'network' and to_organization_id = ${tenant})`,
  `create policy of_referral on disclosure_entry for select using (${scope} = 'system' and referral_id = ${key})`,
  `create policy appended on disclosure_entry for insert with check (${scope} = 'system' and referral_id = ${key})`,
  `create function refuse_change() returns trigger language plpgsql as $$
     begin raise exception 'the disclosure ledger is append-only'; end $$`,
  `create trigger append_only before update or delete on disclosure_entry
     for each row execute function refuse_change()`,
  `create trigger never_emptied before truncate on disclosure_entry
     for each statement execute function refuse_change()`,
  // The end of each client's chain: it shows when a chain was shortened at its end.
  `create table ledger_head (
     client_id uuid primary key,
     place integer not null,
     seal text not null
   )`,
];

export class ConsentTables1764000000001 implements MigrationInterface {
  readonly name = 'ConsentTables1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    const tables = [...copies, ...consents, ...permissions, ...requests, ...disclosures];
    for (const sql of [...eventTables, ...tables]) await runner.query(sql);
  }

  /** No migration ever removes consents and the ledger; a database is dropped as a whole. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
