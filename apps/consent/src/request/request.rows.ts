import type {
  Category,
  ClientId,
  ConsentRequestId,
  ConsentRequestView,
  InstantText,
  NetworkId,
  OrganizationId,
  Purpose,
  ReferralId,
  TaskId,
} from '#contracts';
import { recordedTable } from '#events';
import { statement, type Tx } from '#persistence';

/** A Task that waits for its sender to obtain consent. Closed by `task.sent` or an end of the Task. */
export interface RequestRow {
  readonly request_id: ConsentRequestId;
  readonly client_id: ClientId;
  readonly task_id: TaskId;
  readonly referral_id: ReferralId;
  readonly from_organization_id: OrganizationId;
  readonly network_id: NetworkId;
  readonly recipient_organization_id: OrganizationId | null;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly opened_at: InstantText;
  readonly closed_at: InstantText | null;
}

export const requestTable = recordedTable({
  name: 'consent_request',
  key: ['request_id'],
  columns: [
    ...['request_id', 'client_id', 'task_id', 'referral_id', 'from_organization_id', 'network_id'],
    ...['recipient_organization_id', 'categories', 'purpose', 'opened_at', 'closed_at'],
  ],
});

const openOfTask = statement(
  'open request of task',
  'select * from consent_request where task_id = $1 and closed_at is null',
).reads<RequestRow>();

/** In scope `system` of the Task's referral or of its client. A Task has at most one. */
export async function openRequest(tx: Tx, taskId: TaskId): Promise<RequestRow | undefined> {
  return (await tx.query(openOfTask, [taskId]))[0];
}

export function toRequestView(row: RequestRow): ConsentRequestView {
  return {
    requestId: row.request_id,
    clientId: row.client_id,
    taskId: row.task_id,
    recipientOrganizationId: row.recipient_organization_id,
    categories: row.categories,
    purpose: row.purpose,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
}
