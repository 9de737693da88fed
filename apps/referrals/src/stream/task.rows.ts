import type { ClientId, OrganizationId, ReferralId, TaskId } from '#contracts';
import { statement, type Tx } from '#persistence';
import type { TaskRow } from '../domain/referral.ts';

/** A Task as the scope may see it, and the id of its client (never shown to an agency). */
export interface SeenTask {
  readonly task: TaskRow;
  readonly clientId: ClientId;
  readonly referralId: ReferralId;
}

const seen = 'row as task, client_id as "clientId", referral_id as "referralId"';
const selectOne = statement('task-seen', `select ${seen} from task where task_id = $1`).reads<SeenTask>();
const selectMany = statement(
  'tasks-seen',
  `select ${seen} from task where task_id = any($1::uuid[])`,
).reads<SeenTask>();

const selectReferralOf = statement(
  'task-referral',
  'select referral_id as "referralId" from task_of_client where task_id = $1',
).reads<{ referralId: ReferralId }>();

const selectWithAccess = statement(
  'tasks-with-access',
  'select task_id as "taskId" from access where to_organization_id = $1 and task_id = any($2::uuid[]) and open',
).reads<{ taskId: TaskId }>();

const openedOfClient = statement(
  'tasks-opened-of-client',
  `select c.task_id as "taskId", c.referral_id as "referralId" from task_of_client c join task t using (task_id)
   where c.client_id = $1 and t.row ->> 'packetOpenedAt' is not null order by c.referral_id, c.task_id`,
);

/** The client's Tasks whose agency has opened the packet, among those that the scope may see. */
export async function openedTasksOf(
  tx: Tx,
  clientId: ClientId,
): Promise<readonly { readonly taskId: TaskId; readonly referralId: ReferralId }[]> {
  return tx.query(openedOfClient, [clientId]);
}

/** The Task, if the scope's policy shows it; undefined for unknown, withheld and another organization's Tasks alike. */
export async function findTask(tx: Tx, taskId: TaskId): Promise<SeenTask | undefined> {
  const [found] = await tx.query(selectOne, [taskId]);
  return found;
}

export async function findTasks(tx: Tx, taskIds: readonly TaskId[]): Promise<readonly SeenTask[]> {
  return tx.query(selectMany, [taskIds]);
}

/** The Tasks among these for which the organization's access is open. */
export async function tasksWithAccess(
  tx: Tx,
  organizationId: OrganizationId,
  taskIds: readonly TaskId[],
): Promise<ReadonlySet<TaskId>> {
  const rows = await tx.query(selectWithAccess, [organizationId, taskIds]);
  return new Set(rows.map((row) => row.taskId));
}

/**
 * Finds a Task that another agency just claimed, so an eligible agency gets 409 instead of 404 (domain.md row 22). This holds
 * only while the claim is the latest change: what happened to the Task later is answered as if it did not exist. Leaves the
 * scope as system; returns undefined in all other cases.
 */
export async function findClaimedByAnother(
  tx: Tx,
  taskId: TaskId,
  organizationId: OrganizationId,
): Promise<SeenTask | undefined> {
  const [of] = await tx.query(selectReferralOf, [taskId]);
  if (of === undefined) return undefined;
  await tx.useScope({ kind: 'system', key: of.referralId });
  const seen = await findTask(tx, taskId);
  if (seen === undefined) return undefined;
  const { assignment, state, recipientOrganizationId, eligibleOrganizationIds } = seen.task;
  const claimed = assignment === 'pool' && state === 'accepted' && recipientOrganizationId !== organizationId;
  return claimed && eligibleOrganizationIds.includes(organizationId) ? seen : undefined;
}
