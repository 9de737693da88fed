import type { QueryRunner } from 'typeorm';

/** The group that writes inbox and board rows. */
const group = 'coordination.board';

/**
 * Asks for a rebuild of the rows of inbox and board, which runs beside the service: their events say what new columns
 * hold. A database without rows needs none.
 */
export async function askRebuild(runner: QueryRunner): Promise<void> {
  // Policies hide every row from whoever has no scope, the owner included.
  await runner.query('alter table board_referral no force row level security');
  await runner.query(
    `insert into rebuild (rebuild_id, group_name, state, asked_by, asked_at)
     select gen_random_uuid(), '${group}', 'running', '00000000-0000-0000-0000-000000000000', now()
     where exists (select from board_referral) on conflict do nothing`,
  );
  await runner.query('alter table board_referral force row level security');
}
