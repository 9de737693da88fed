import { eventTables } from '#events';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const inScope = (name: string): string => `current_setting('app.scope', true) = '${name}'`;
const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;
const network = `nullif(current_setting('app.network', true), '')::uuid`;

/** What one side sees of a need; twice, as the sender's view may stand still. */
const needSeen = (prefix: string): string => `
  ${prefix}result text not null,
  ${prefix}open boolean not null,
  ${prefix}task_id uuid,
  ${prefix}state text,
  ${prefix}sub_state text,
  ${prefix}waits_for text not null,
  ${prefix}recipient_organization_id uuid,
  ${prefix}due_timer text,
  ${prefix}due_at timestamptz(3),
  ${prefix}soon_at timestamptz(3),
  ${prefix}critical_at timestamptz(3),
  ${prefix}version int not null`;

const tables = [
  // What the rows are folded from: ids, codes, instants. Rewritten with every event, so pages keep room.
  `create table board_referral (
    referral_id uuid primary key,
    base jsonb,
    base_version int not null,
    facts jsonb not null
  ) with (fillfactor = 70)`,
  `create table inbox_row (
    task_id uuid primary key,
    referral_id uuid not null,
    service_request_id uuid not null,
    sender_organization_id uuid,
    recipient_organization_id uuid,
    eligible_organization_ids uuid[] not null,
    network_id uuid,
    need text,
    priority text not null,
    state text not null,
    sub_state text,
    waits_for text not null,
    open boolean not null,
    due_timer text,
    due_at timestamptz(3),
    soon_at timestamptz(3),
    critical_at timestamptz(3),
    owner_id uuid,
    healthcare_service_id uuid,
    assignment text not null,
    last_type text not null,
    last_at timestamptz(3) not null,
    sent_at timestamptz(3),
    version int not null
  )`,
  `create index inbox_of_recipient on inbox_row (recipient_organization_id, open, due_at, task_id)`,
  // Who may claim a pool's Task, by organization: an index over a list is of no use behind a policy, as its operators
  // are not leakproof.
  `create table inbox_claimant (
    organization_id uuid not null,
    task_id uuid not null,
    primary key (organization_id, task_id)
  )`,
  `create index inbox_claimant_of_task on inbox_claimant (task_id)`,
  `create table board_row (
    service_request_id uuid primary key,
    referral_id uuid not null,
    sender_organization_id uuid,
    network_id uuid,
    need text,
    priority text not null,
    opened_at timestamptz(3),
    task_count int not null, ${needSeen('')}, ${needSeen('sender_')}
  )`,
  `create index board_of_network on board_row (network_id, open, due_at, service_request_id)`,
  `create index board_of_sender on board_row (sender_organization_id, sender_open, sender_due_at, service_request_id)`,
  `create table timeline_referral (
    referral_id uuid primary key,
    sides jsonb not null
  )`,
  `create table timeline_item (
    referral_id uuid not null,
    version int not null,
    event_id uuid not null,
    type text not null,
    at timestamptz(3) not null,
    actor_id uuid,
    actor_role text not null,
    actor_organization_id uuid,
    task_id uuid,
    service_request_id uuid,
    event jsonb not null,
    sender_organization_id uuid,
    network_id uuid,
    agency_ids uuid[] not null,
    told_to_sender boolean not null,
    primary key (referral_id, version)
  )`,
  // Read by id, in order: whoever writes takes one lock first, so a smaller id is never committed after a larger one.
  `create table change (
    change_id bigint primary key generated always as identity,
    at timestamptz(3) not null,
    referral_id uuid not null,
    task_id uuid,
    version int not null,
    sender_organization_id uuid,
    network_id uuid,
    agency_ids uuid[] not null,
    told_to_sender boolean not null
  )`,
];

const inNetwork = `${inScope('network')} and network_id = ${network}`;

/** Who reads which row (contract.md §5.2): as a Task's. Only the platform itself writes. */
const readers: Readonly<Record<string, readonly string[]>> = {
  board_referral: [],
  timeline_referral: [],
  inbox_row: [
    `${inScope('tenant')} and recipient_organization_id = ${tenant} and sent_at is not null`,
    `${inScope('tenant')} and sent_at is not null and eligible_organization_ids @> array[${tenant}]`,
    inNetwork,
  ],
  inbox_claimant: [`${inScope('tenant')} and organization_id = ${tenant}`],
  board_row: [`${inScope('tenant')} and sender_organization_id = ${tenant}`, inNetwork],
  timeline_item: [
    `${inScope('tenant')} and sender_organization_id = ${tenant} and told_to_sender`,
    `${inScope('tenant')} and agency_ids @> array[${tenant}]`,
    inNetwork,
  ],
  change: [
    `${inScope('tenant')} and sender_organization_id = ${tenant} and told_to_sender`,
    `${inScope('tenant')} and agency_ids @> array[${tenant}]`,
    inNetwork,
  ],
};

const policies = Object.entries(readers).flatMap(([table, conditions]) => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy house on ${table} using (${inScope('system')})`,
  ...conditions.map((condition, index) => `create policy reader_${index} on ${table} for select using (${condition})`),
]);

export class CoordinationTables1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...eventTables, ...tables, ...policies]) await runner.query(statement);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('a read model is rebuilt, not undone'));
  }
}
