import type { MigrationInterface, QueryRunner } from 'typeorm';
import { askRebuild } from './ask-rebuild.ts';

const seen = (prefix: string): string => `
  add column ${prefix}state_since timestamptz(3),
  add column ${prefix}last_type text,
  add column ${prefix}last_at timestamptz(3),
  add column ${prefix}proposed_at timestamptz(3)`;

/**
 * Rows say since when a Task is in its state, and what its agency has planned. The events say all of it, so a database
 * that has rows already asks for their rebuild, which runs beside the service.
 */
export class RowFacts1765000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table inbox_row
         add column needed_by timestamptz(3),
         add column state_since timestamptz(3),
         add column attempts jsonb not null default '{"count": 0, "channels": [], "since": null, "last": null}',
         add column appointment_at timestamptz(3),
         add column review_on timestamptz(3)`,
    );
    await runner.query(`alter table board_row add column needed_by timestamptz(3), ${seen('')}, ${seen('sender_')}`);
    // Policies hide every row from whoever has no scope, the owner included.
    await runner.query('alter table inbox_row no force row level security');
    await runner.query('update inbox_row set state_since = last_at');
    await runner.query('alter table inbox_row force row level security');
    await runner.query('alter table inbox_row alter column state_since set not null');
    await askRebuild(runner);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('a read model is rebuilt, not undone'));
  }
}
