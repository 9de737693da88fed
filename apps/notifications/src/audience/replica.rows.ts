import type { AccessId, NetworkId, OrganizationId, PersonId, ReferralId, ReturnPath, TaskId } from '#contracts';
import type { RowWrite, TableShape } from '#events';
import { recordedTable } from '#events';
import type { Replica, AccessReplica, ReferralReplica, TaskReplica } from './replica.ts';

export interface ReferralReplicaRow {
  readonly referral_id: ReferralId;
  readonly network_id: NetworkId;
  readonly sender_organization_id: OrganizationId;
  readonly creator_id: PersonId | null;
  readonly settled_by_hand: readonly string[];
}

export interface TaskReplicaRow {
  readonly task_id: TaskId;
  readonly referral_id: ReferralId;
  readonly creator_id: PersonId | null;
  readonly agency_ids: readonly OrganizationId[];
  readonly sent: boolean;
  readonly return_path: ReturnPath;
  readonly service_request_id: string | null;
  readonly end_reported: boolean;
}

export interface AccessReplicaRow {
  readonly access_id: AccessId;
  readonly referral_id: ReferralId;
  readonly organization_id: OrganizationId;
}

const referralTable = recordedTable({
  name: 'known_referral',
  key: ['referral_id'],
  columns: ['referral_id', 'network_id', 'sender_organization_id', 'creator_id', 'settled_by_hand'],
});

const taskTable = recordedTable({
  name: 'known_task',
  key: ['task_id'],
  columns: [
    'task_id',
    'referral_id',
    'creator_id',
    'agency_ids',
    'sent',
    'return_path',
    'service_request_id',
    'end_reported',
  ],
});

const accessTable = recordedTable({
  name: 'known_access',
  key: ['access_id'],
  columns: ['access_id', 'referral_id', 'organization_id'],
});

export function toReferralReplica(row: ReferralReplicaRow): ReferralReplica {
  return {
    referralId: row.referral_id,
    networkId: row.network_id,
    senderOrganizationId: row.sender_organization_id,
    creatorId: row.creator_id,
    settledByHand: row.settled_by_hand,
  };
}

export function toTaskReplica(row: TaskReplicaRow): TaskReplica {
  return {
    taskId: row.task_id,
    referralId: row.referral_id,
    creatorId: row.creator_id,
    agencyIds: row.agency_ids,
    sent: row.sent,
    returnPath: row.return_path,
    serviceRequestId: row.service_request_id,
    endReported: row.end_reported,
  };
}

export function toAccessReplica(row: AccessReplicaRow): AccessReplica {
  return { accessId: row.access_id, referralId: row.referral_id, organizationId: row.organization_id };
}

function referralRow(referral: ReferralReplica): ReferralReplicaRow {
  return {
    referral_id: referral.referralId,
    network_id: referral.networkId,
    sender_organization_id: referral.senderOrganizationId,
    creator_id: referral.creatorId,
    settled_by_hand: referral.settledByHand,
  };
}

function taskRow(task: TaskReplica): TaskReplicaRow {
  return {
    task_id: task.taskId,
    referral_id: task.referralId,
    creator_id: task.creatorId,
    agency_ids: task.agencyIds,
    sent: task.sent,
    return_path: task.returnPath,
    service_request_id: task.serviceRequestId,
    end_reported: task.endReported,
  };
}

function accessRow(access: AccessReplica): AccessReplicaRow {
  return { access_id: access.accessId, referral_id: access.referralId, organization_id: access.organizationId };
}

/** The rows in which `after` differs from `before`. */
export function changedRows(before: Replica, after: Replica): readonly RowWrite[] {
  return [
    ...changed(referralTable, referralRow, before.referral, after.referral),
    ...changed(taskTable, taskRow, before.task, after.task),
    ...changed(accessTable, accessRow, before.access, after.access),
  ];
}

function changed<T>(
  table: TableShape,
  toRow: (replica: T) => object,
  before: T | null,
  after: T | null,
): readonly RowWrite[] {
  return after === null || after === before ? [] : [{ table, rows: [{ ...toRow(after) }] }];
}
