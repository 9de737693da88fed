import type { InstantText, TaskId } from '#contracts';
import { statement, type Tx } from '#persistence';

const keep = statement(
  'delivered-task-keep',
  'insert into delivered_task (task_id, delivered_at) values ($1, $2) on conflict do nothing',
);
const find = statement('delivered-task-find', 'select task_id from delivered_task where task_id = $1');

export async function keepDelivery(tx: Tx, taskId: TaskId, at: InstantText): Promise<void> {
  await tx.query(keep, [taskId, at]);
}

/** Whether a notification that this Task was sent has reached somebody at the agency. */
export async function isDelivered(tx: Tx, taskId: TaskId): Promise<boolean> {
  return (await tx.query(find, [taskId])).length > 0;
}
