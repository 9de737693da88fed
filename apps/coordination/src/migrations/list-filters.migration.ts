import type { MigrationInterface, QueryRunner } from 'typeorm';
import { askRebuild } from './ask-rebuild.ts';

/** Filters that leave few of the ended rows, which are nearly all after years. Open rows have no entry in these indexes. */
const indexes = [
  `inbox_ended_of_state on inbox_row (recipient_organization_id, state, due_at, task_id) where not open`,
  `inbox_ended_of_owner on inbox_row (owner_id, due_at, task_id) where not open`,
  `inbox_rerouting on inbox_row (recipient_organization_id, due_at, task_id) where not open and waits_for = 'coordinator'`,
  `board_ended_of_network on board_row (network_id, state, due_at, service_request_id) where not open`,
  `board_ended_of_sender on board_row (sender_organization_id, sender_state, sender_due_at, service_request_id)
     where not sender_open`,
  `board_ended_of_creator on board_row (created_by, due_at, service_request_id) where not open`,
  `board_ended_of_creator_seen on board_row (created_by, sender_due_at, service_request_id) where not sender_open`,
];

/** A board can be asked for what its reader created. */
export class ListFilters1765000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table board_row add column created_by uuid');
    for (const index of indexes) await runner.query(`create index ${index}`);
    await askRebuild(runner);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('a read model is rebuilt, not undone'));
  }
}
