import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds to a notification why something ended, and allows notifications about the platform itself, without a referral. */
export class WhyTold1764900000001 implements MigrationInterface {
  readonly name = 'WhyTold1764900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table notification add column reason text, add column consent_ended_at timestamptz(3)');
    await runner.query('alter table notification alter column referral_id drop not null');
    await runner.query('alter table delivery alter column referral_id drop not null');
    await runner.query(
      `alter policy house on notification using (current_setting('app.scope', true) = 'system'
         and (referral_id is null or referral_id = nullif(current_setting('app.key', true), '')::uuid))`,
    );
  }

  /** Nothing is undone: notifications are never removed. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
