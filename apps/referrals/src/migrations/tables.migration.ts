import { eventTables } from '#events';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const scope = (name: string): string => `current_setting('app.scope', true) = '${name}'`;
const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;
const network = `nullif(current_setting('app.network', true), '')::uuid`;
const key = `nullif(current_setting('app.key', true), '')::uuid`;

/**
 * Decision state is one document a row, exactly what the fold of its events gives; the columns that policies and
 * indexes need are generated from it, so the two can never disagree.
 */
const decisionState = [
  `create table referral (
    referral_id uuid primary key,
    row jsonb not null,
    client_id uuid not null generated always as ((row ->> 'clientId')::uuid) stored,
    sender_organization_id uuid not null generated always as ((row ->> 'senderOrganizationId')::uuid) stored,
    network_id uuid not null generated always as ((row ->> 'networkId')::uuid) stored,
    created_at text not null generated always as (row ->> 'createdAt') stored,
    open boolean not null generated always as (coalesce(row -> 'closed', 'null'::jsonb) = 'null'::jsonb) stored)`,
  `create index referral_of_sender on referral (sender_organization_id, created_at desc, referral_id desc)`,
  `create index referral_of_client on referral (client_id)`,
  `create table service_request (
    service_request_id uuid primary key,
    row jsonb not null,
    referral_id uuid not null generated always as ((row ->> 'referralId')::uuid) stored,
    sender_organization_id uuid not null,
    network_id uuid not null)`,
  `create index service_request_of_referral on service_request (referral_id)`,
  `create table proposal (
    service_request_id uuid primary key,
    referral_id uuid not null,
    sender_organization_id uuid not null,
    network_id uuid not null,
    candidates jsonb not null)`,
  `create index proposal_of_referral on proposal (referral_id)`,
  `create table task (
    task_id uuid primary key,
    row jsonb not null,
    client_id uuid not null,
    referral_id uuid not null generated always as ((row ->> 'referralId')::uuid) stored,
    service_request_id uuid not null generated always as ((row ->> 'serviceRequestId')::uuid) stored,
    sender_organization_id uuid not null generated always as ((row ->> 'senderOrganizationId')::uuid) stored,
    recipient_organization_id uuid generated always as ((row ->> 'recipientOrganizationId')::uuid) stored,
    network_id uuid not null generated always as ((row ->> 'networkId')::uuid) stored,
    state text not null generated always as (row ->> 'state') stored,
    sent boolean not null generated always as (row ->> 'sentAt' is not null) stored,
    pool boolean not null generated always as (row ->> 'assignment' = 'pool' and row ->> 'recipientOrganizationId' is null) stored)`,
  `create index task_of_referral on task (referral_id)`,
  `create index task_of_recipient on task (recipient_organization_id)`,
  `create table access (
    access_id uuid primary key,
    row jsonb not null,
    referral_id uuid not null,
    task_id uuid not null generated always as ((row ->> 'taskId')::uuid) stored,
    service_request_id uuid not null generated always as ((row ->> 'serviceRequestId')::uuid) stored,
    client_id uuid not null generated always as ((row ->> 'clientId')::uuid) stored,
    from_organization_id uuid not null generated always as ((row ->> 'fromOrganizationId')::uuid) stored,
    to_organization_id uuid not null generated always as ((row ->> 'toOrganizationId')::uuid) stored,
    open boolean not null generated always as (row ->> 'endedAt' is null) stored)`,
  // Ids alone, open to every scope of this service: the gate finds a client's Tasks without a tenant's eyes.
  `create table task_of_client (task_id uuid primary key, client_id uuid not null, referral_id uuid not null)`,
  `create index task_of_client_by_client on task_of_client (client_id)`,
  `create index access_of_referral on access (referral_id)`,
  `create index access_open on access (client_id, to_organization_id) where open`,
];

const clientData = [
  `create table client (
    client_id uuid primary key,
    owner_organization_id uuid not null,
    version integer not null,
    given text not null,
    family text not null,
    birth_date date not null,
    language text not null,
    phone text,
    email text,
    address jsonb,
    contact_prohibited boolean not null,
    safe_contact jsonb,
    created_at timestamptz(3) not null)`,
  `create index client_by_name on client (owner_organization_id, lower(family), lower(given))`,
  `create table referral_note (
    referral_id uuid primary key,
    owner_organization_id uuid not null,
    text text not null)`,
  `create table need_text (
    service_request_id uuid primary key,
    referral_id uuid not null,
    client_id uuid not null,
    owner_organization_id uuid not null,
    stated_need text not null)`,
  `create table need_detail (
    detail_id uuid primary key,
    service_request_id uuid not null,
    referral_id uuid not null,
    client_id uuid not null,
    owner_organization_id uuid not null,
    category text not null,
    text text not null,
    at timestamptz(3) not null)`,
  `create index need_detail_of_need on need_detail (service_request_id, at)`,
  `create table message (
    message_id uuid primary key,
    task_id uuid not null,
    referral_id uuid not null,
    service_request_id uuid not null,
    client_id uuid not null,
    author_organization_id uuid not null,
    sender_organization_id uuid not null,
    side text not null,
    kind text not null,
    text text not null,
    at timestamptz(3) not null)`,
  `create index message_of_task on message (task_id, at)`,
];

/** Our own copies of what other services published: no client data, no tenant policy (contract.md §5.2). */
const copies = [
  `create table gate_client (client_id uuid primary key)`,
  `create table gate_permission (
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
    primary key (client_id, recipient_organization_id, purpose, direction))`,
  `create table gate_watermark (partition integer primary key, partitions integer not null, as_of timestamptz(3) not null)`,
  `create table organization_copy (
    organization_id uuid primary key,
    network_id uuid not null,
    kind text not null,
    active boolean not null,
    victim_service boolean not null,
    version integer not null)`,
  `create table healthcare_service_copy (
    healthcare_service_id uuid primary key,
    organization_id uuid not null,
    need text not null,
    area_ids uuid[] not null,
    openness text not null,
    required text[] not null,
    asked text[] not null,
    active boolean not null,
    version integer not null)`,
  `create index healthcare_service_copy_of_need on healthcare_service_copy (need)`,
  `create table policy_copy (
    network_id uuid primary key,
    reroute text not null,
    offer text not null,
    decline_review boolean not null,
    version integer not null)`,
  `create table delivered_task (task_id uuid primary key, delivered_at timestamptz(3) not null)`,
  `create table person_copy (
    person_id uuid primary key,
    organization_id uuid not null,
    network_id uuid not null,
    roles text[] not null,
    active boolean not null,
    version integer not null)`,
];

const inSystem = (column: string): string => `${scope('system')} and ${column} = ${key}`;
const inNetwork = `${scope('network')} and network_id = ${network}`;
const openAccess = (table: string, needToo: boolean): string =>
  `${scope('packet')} and exists (select 1 from access a where a.open and a.client_id = ${table}.client_id
     and a.to_organization_id = ${tenant}${needToo ? ` and a.service_request_id = ${table}.service_request_id` : ''})`;
const owned = `(${scope('tenant')} or ${scope('packet')}) and owner_organization_id = ${tenant}`;

/** Who sees which row (contract.md §5.2). A missing or empty setting matches nothing. */
const policies: Readonly<Record<string, readonly string[]>> = {
  referral: [`${scope('tenant')} and sender_organization_id = ${tenant}`, inNetwork, inSystem('referral_id')],
  service_request: [`${scope('tenant')} and sender_organization_id = ${tenant}`, inNetwork, inSystem('referral_id')],
  proposal: [`${scope('tenant')} and sender_organization_id = ${tenant}`, inNetwork, inSystem('referral_id')],
  task: [
    `${scope('tenant')} and sender_organization_id = ${tenant}`,
    `${scope('tenant')} and sent and recipient_organization_id = ${tenant}`,
    `${scope('tenant')} and sent and pool and state = 'sent'
       and row -> 'eligibleOrganizationIds' ? nullif(current_setting('app.tenant', true), '')`,
    inNetwork,
    inSystem('referral_id'),
  ],
  access: [
    `(${scope('tenant')} or ${scope('packet')} or ${scope('network')})
       and (from_organization_id = ${tenant} or to_organization_id = ${tenant})`,
    inSystem('referral_id'),
  ],
  client: [owned, openAccess('client', false)],
  referral_note: [`${scope('tenant')} and owner_organization_id = ${tenant}`],
  need_text: [owned, openAccess('need_text', true)],
  need_detail: [owned, openAccess('need_detail', true)],
  message: [
    `(${scope('tenant')} or ${scope('packet')}) and author_organization_id = ${tenant}`,
    `${scope('tenant')} and kind = 'question' and sender_organization_id = ${tenant}`,
    `${scope('packet')} and sender_organization_id = ${tenant}`,
    openAccess('message', true),
  ],
};

/** What a command writes beside decision state: texts of the person who acts, under its own referral. */
const writable = ['need_text', 'need_detail', 'message', 'referral_note'];

export class Tables1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...eventTables, ...decisionState, ...clientData, ...copies]) await runner.query(sql);
    for (const [table, conditions] of Object.entries(policies)) {
      await runner.query(`alter table ${table} enable row level security`);
      await runner.query(`alter table ${table} force row level security`);
      for (const [index, condition] of conditions.entries()) {
        await runner.query(`create policy ${table}_${index + 1} on ${table} using (${condition})`);
      }
    }
    for (const table of writable) {
      await runner.query(
        `create policy ${table}_written on ${table} for insert with check (${inSystem('referral_id')})`,
      );
    }
    await runner.query(`create policy client_written on client for insert
      with check (${scope('system')} and ${key} is not null)`);
  }

  async down(): Promise<void> {
    throw new Error('the first tables are never taken away');
  }
}
