import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows that were made before `openVersion` get what the fold of their events gives (referral.fold.ts). The owner stands
 * under the tables' policies too, so they are lifted for this one statement.
 */
export class OpenVersion1764700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table referral no force row level security');
    await runner.query(
      `update referral r set row = r.row || jsonb_build_object('openVersion',
         (select max(e.stream_version) from event e where e.stream_key = r.referral_id::text
           and e.type in ('referral.created', 'referral.changed', 'referral.need.added')))
       where not r.row ? 'openVersion'`,
    );
    await runner.query('alter table referral force row level security');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('a row keeps what it has learned'));
  }
}
