import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventTables } from '#events';

/** Replicas of facts of other services, from their events: ids, codes and flags. No tenant policy (contract.md §5). */
const copies: readonly string[] = [
  `create table known_person (
     person_id uuid primary key,
     organization_id uuid not null,
     network_id uuid not null,
     roles text[] not null,
     active boolean not null,
     language text not null,
     version integer not null
   )`,
  `create index known_person_of_organization on known_person (organization_id)`,
  `create index known_coordinator on known_person (network_id) where 'coordinator' = any(roles)`,
  `create table known_organization (
     organization_id uuid primary key,
     network_id uuid not null,
     kind text not null,
     active boolean not null,
     version integer not null
   )`,
  `create index known_coordinating_body on known_organization (network_id) where kind = 'coordinating-body'`,
  `create table known_referral (
     referral_id uuid primary key,
     network_id uuid not null,
     sender_organization_id uuid not null,
     creator_id uuid
   )`,
  `create table known_task (
     task_id uuid primary key,
     referral_id uuid not null,
     creator_id uuid,
     agency_ids uuid[] not null,
     sent boolean not null,
     return_path text not null
   )`,
  `create table known_access (
     access_id uuid primary key,
     referral_id uuid not null,
     organization_id uuid not null
   )`,
];

/** Visible to the person, and to the handler that writes them while it handles an event of their referral. */
const ownOf = (table: string, mine: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy own on ${table} using (person_id = nullif(current_setting('app.person', true), '')::uuid)`,
  `create policy house on ${table} using (current_setting('app.scope', true) = 'system' and ${mine})`,
];

const deliveryTables: readonly string[] = [
  `create table delivery (
     delivery_id uuid primary key,
     event_id uuid not null,
     person_id uuid not null,
     channel text not null,
     template text not null,
     referral_id uuid not null,
     task_id uuid,
     network_id uuid not null,
     recipient_organization_id uuid not null,
     state text not null,
     attempts integer not null,
     at timestamptz(3) not null,
     reason text,
     unique (event_id, person_id, channel)
   )`,
  `create index delivery_of_network on delivery (network_id, at desc, delivery_id desc)`,
  `create index delivery_of_organization on delivery (recipient_organization_id, at desc, delivery_id desc)`,
  `create index delivery_of_task on delivery (task_id, at desc, delivery_id desc)`,
  `create table notification (
     notification_id uuid primary key,
     event_id uuid not null,
     person_id uuid not null,
     template text not null,
     referral_id uuid not null,
     task_id uuid,
     at timestamptz(3) not null,
     read_at timestamptz(3),
     unique (event_id, person_id)
   )`,
  `create index notification_of_person on notification (person_id, at desc, notification_id desc)`,
  `create index notification_unread on notification (person_id, at desc, notification_id desc) where read_at is null`,
  `create table preference (
     person_id uuid primary key,
     email boolean not null,
     language text not null
   )`,
  ...ownOf('notification', `referral_id = nullif(current_setting('app.key', true), '')::uuid`),
  // the sender of mails reads whether a person wants one
  ...ownOf('preference', 'true'),
];

export class NotificationsTables1764000000001 implements MigrationInterface {
  readonly name = 'NotificationsTables1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...eventTables, ...copies, ...deliveryTables]) await runner.query(sql);
  }

  /** Deliveries are never removed; a database is dropped as a whole. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
