import { statement, type Tx } from '#persistence';
import type { TaskRow } from '../referral/referral.ts';

/** A Task as the scope lets it be seen, and whose client it is about (an id, never shown to an agency). */
export interface SeenTask {
  readonly task: TaskRow;
  readonly clientId: string;
  readonly referralId: string;
}

const seen = 'row as task, client_id as "clientId", referral_id as "referralId"';
const selectOne = statement('task-seen', `select ${seen} from task where task_id = $1`);
const selectMany = statement('tasks-seen', `select ${seen} from task where task_id = any($1::uuid[])`);

/** The Task, where the scope's policy shows it; undefined for unknown, withheld and another organization's alike. */
export async function findTask(tx: Tx, taskId: string): Promise<SeenTask | undefined> {
  const [found] = await tx.query<SeenTask>(selectOne, [taskId]);
  return found;
}

export async function findTasks(tx: Tx, taskIds: readonly string[]): Promise<readonly SeenTask[]> {
  return tx.query<SeenTask>(selectMany, [taskIds]);
}
