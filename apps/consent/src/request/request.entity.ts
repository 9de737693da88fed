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
import { instantColumn, tableOf, type Tx } from '#persistence';
import { Column, Entity, IsNull, PrimaryColumn } from 'typeorm';

/** A Task that waits for its sender to obtain consent. Closed by `task.sent` or an end of the Task. */
@Entity('consent_request')
export class RequestRow {
  @PrimaryColumn('uuid') readonly request_id!: ConsentRequestId;
  @Column('uuid') readonly client_id!: ClientId;
  @Column('uuid') readonly task_id!: TaskId;
  @Column('uuid') readonly referral_id!: ReferralId;
  @Column('uuid') readonly from_organization_id!: OrganizationId;
  @Column('uuid') readonly network_id!: NetworkId;
  @Column('uuid', { nullable: true }) readonly recipient_organization_id!: OrganizationId | null;
  @Column('text', { array: true }) readonly categories!: readonly Category[];
  @Column('text') readonly purpose!: Purpose;
  @Column('timestamptz', { transformer: instantColumn }) readonly opened_at!: InstantText;
  @Column('timestamptz', { nullable: true, transformer: instantColumn }) readonly closed_at!: InstantText | null;
}

export const requestTable = tableOf(RequestRow);

/** In scope `system` of the Task's referral or of its client. A Task has at most one. */
export async function openRequest(tx: Tx, taskId: TaskId): Promise<RequestRow | undefined> {
  const open = await tx.manager.getRepository(RequestRow).findOneBy({ task_id: taskId, closed_at: IsNull() });
  return open ?? undefined;
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
