import type { MigrationInterface, QueryRunner } from 'typeorm';

const scope = (...names: readonly string[]): string =>
  `current_setting('app.scope', true) in (${names.map((name) => `'${name}'`).join(', ')})`;
const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;
const inReferral = `${scope('system')} and referral_id = nullif(current_setting('app.key', true), '')::uuid`;

/** Decision state, as every other noun's: exactly what the fold of its events gives. */
const attachment = [
  `create table attachment (
    attachment_id uuid primary key,
    row jsonb not null,
    referral_id uuid not null generated always as ((row ->> 'referralId')::uuid) stored,
    sender_organization_id uuid not null)`,
  `create index attachment_of_referral on attachment (referral_id)`,
];

/** Client data (contract.md §5.2): the bytes lie in a column of their own, read by name and only when asked for. */
const attachmentFile = [
  `create table attachment_file (
    attachment_id uuid primary key,
    referral_id uuid not null,
    client_id uuid not null,
    owner_organization_id uuid not null,
    title text not null,
    categories text[] not null,
    content_type text not null,
    size integer not null,
    sha256 text not null,
    bytes bytea not null)`,
  // A PDF or an image is compressed already: trying it again costs time and wins nothing.
  `alter table attachment_file alter column bytes set storage external`,
  `create index attachment_file_of_referral on attachment_file (referral_id)`,
];

const policies: readonly (readonly [table: string, name: string, rule: string])[] = [
  ['attachment', 'of_sender', `for select using (${scope('tenant')} and sender_organization_id = ${tenant})`],
  ['attachment', 'in_stream', `for all using (${inReferral}) with check (${inReferral})`],
  [
    'attachment_file',
    'of_owner',
    `for select using (${scope('tenant', 'packet')} and owner_organization_id = ${tenant})`,
  ],
  // An agency that was sent another referral of the same client was not sent this one's documents.
  [
    'attachment_file',
    'of_packet',
    `for select using (${scope('packet')} and exists (select 1 from access a where a.open
       and a.referral_id = attachment_file.referral_id and a.client_id = attachment_file.client_id
       and a.to_organization_id = ${tenant}))`,
  ],
  // Written once under its referral, and by nobody changed.
  ['attachment_file', 'written', `for insert with check (${inReferral})`],
];

export class Attachments1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...attachment, ...attachmentFile]) await runner.query(sql);
    for (const table of ['attachment', 'attachment_file']) {
      await runner.query(`alter table ${table} enable row level security`);
      await runner.query(`alter table ${table} force row level security`);
    }
    for (const [table, name, rule] of policies) await runner.query(`create policy ${name} on ${table} ${rule}`);
  }

  async down(): Promise<void> {
    throw new Error('documents of clients are never taken away by a migration');
  }
}
