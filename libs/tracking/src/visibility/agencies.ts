import type { Assignment, InstantText, OrganizationId, TaskState } from '#contracts';

/** The facts of a Task that decide which agencies see it. */
export interface OfferedTask {
  readonly state: TaskState;
  readonly assignment: Assignment;
  readonly recipientOrganizationId: OrganizationId | null;
  readonly eligibleOrganizationIds: readonly OrganizationId[];
  readonly sentAt: InstantText | null;
}

/** Who may claim a pool's Task: only while it is sent and unclaimed (contract.md §5.2). */
export function claimantsOf(task: OfferedTask): readonly OrganizationId[] {
  const isInPool = task.assignment === 'pool' && task.state === 'sent' && task.recipientOrganizationId === null;
  return isInPool ? task.eligibleOrganizationIds : [];
}

/** The agencies that see the Task: its recipient once it is sent, or those that may claim it. */
export function agenciesOf(task: OfferedTask): readonly OrganizationId[] {
  if (task.sentAt === null) return [];
  return task.recipientOrganizationId === null ? claimantsOf(task) : [task.recipientOrganizationId];
}
