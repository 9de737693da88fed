import type { MigrationInterface, QueryRunner } from 'typeorm';

const scope = `current_setting('app.scope', true)`;
const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;

/**
 * A paper that the owner did not record takes effect once the owner confirms it; a coordinator sees only papers that have
 * the owner's word. What contradicts itself in a paper's words is kept as codes; papers of before keep what they were worth.
 */
export class Confirmation1764805000002 implements MigrationInterface {
  readonly name = 'Confirmation1764805000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table consent
      add column contradictions text[] not null default '{}',
      add column confirmed_by uuid,
      add column confirmed_by_organization_id uuid,
      add column confirmed_at timestamptz(3)`);
    await runner.query(`alter policy of_coordinators on consent using (${scope} = 'network'
      and (${tenant} = any (recipients) or ${tenant} = intermediary_id)
      and (confirmed_at is not null or exists (select from known_referral k
        where k.client_id = consent.client_id and k.organization_id = consent.recorded_by_organization_id)))`);
    // Consents that end and were recorded before there were reminders: the worker looks when the next one is.
    await runner.query(`insert into timer (kind, subject, key, due_at, payload, next_at)
      select 'consent-expiring', subject, key, now(), '{}', now() from timer where kind = 'consent-expiry'
      on conflict do nothing`);
  }

  /** Consents are never unmade by a migration. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
