import type { MigrationInterface, QueryRunner } from 'typeorm';

const scope = `current_setting('app.scope', true)`;
const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;

/**
 * A paper that the owner did not record takes effect when the owner confirms it. A coordinator sees only papers that the
 * owner recorded or confirmed. Contradictions in a paper's text are stored as codes; older papers keep their validity.
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
    // Consents that expire and were recorded before there were reminders: the worker sets their next one.
    await runner.query(`insert into timer (kind, subject, key, due_at, payload, next_at)
      select 'consent-expiring', subject, key, now(), '{}', now() from timer where kind = 'consent-expiry'
      on conflict do nothing`);
  }

  /** No migration ever removes consents. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
