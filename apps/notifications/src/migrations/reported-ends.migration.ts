import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What decides whether a closing may be reported to the sender: which Tasks ended in a way that is always reported, and
 * which needs a person settled. Earlier rows say that nothing was; a rebuild of the group gives them what happened.
 */
export class ReportedEnds1765100000001 implements MigrationInterface {
  readonly name = 'ReportedEnds1765100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table known_referral add column settled_by_hand uuid[] not null default '{}'`);
    await runner.query(
      'alter table known_task add column service_request_id uuid, add column end_reported boolean not null default false',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table known_task drop column service_request_id, drop column end_reported');
    await runner.query('alter table known_referral drop column settled_by_hand');
  }
}
