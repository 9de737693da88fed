import type { NetworkId, OrganizationId, PersonId, ReferralId, ReturnPath, TaskId } from '#contracts';
import type { RowWrite, TableShape } from '#events';
import type { Known, KnownReferral, KnownTask } from './known.ts';

export interface KnownReferralRow {
  readonly referral_id: ReferralId;
  readonly network_id: NetworkId;
  readonly sender_organization_id: OrganizationId;
  readonly creator_id: PersonId | null;
}

export interface KnownTaskRow {
  readonly task_id: TaskId;
  readonly referral_id: ReferralId;
  readonly creator_id: PersonId | null;
  readonly agency_ids: readonly OrganizationId[];
  readonly sent: boolean;
  readonly return_path: ReturnPath;
}

const referralTable: TableShape = {
  name: 'known_referral',
  key: ['referral_id'],
  columns: ['referral_id', 'network_id', 'sender_organization_id', 'creator_id'],
};

const taskTable: TableShape = {
  name: 'known_task',
  key: ['task_id'],
  columns: ['task_id', 'referral_id', 'creator_id', 'agency_ids', 'sent', 'return_path'],
};

/** Whose access it is that an `access.ended` speaks of. */
export const accessTable: TableShape = {
  name: 'known_access',
  key: ['access_id'],
  columns: ['access_id', 'referral_id', 'organization_id'],
};

export function toKnownReferral(row: KnownReferralRow): KnownReferral {
  return {
    referralId: row.referral_id,
    networkId: row.network_id,
    senderOrganizationId: row.sender_organization_id,
    creatorId: row.creator_id,
  };
}

export function toKnownTask(row: KnownTaskRow): KnownTask {
  return {
    taskId: row.task_id,
    referralId: row.referral_id,
    creatorId: row.creator_id,
    agencyIds: row.agency_ids,
    sent: row.sent,
    returnPath: row.return_path,
  };
}

/** The rows in which `after` differs from `before`. */
export function changedRows(before: Known, after: Known): readonly RowWrite[] {
  const { referral, task } = after;
  const rows: RowWrite[] = [];
  if (referral !== null && referral !== before.referral) {
    rows.push({
      table: referralTable,
      rows: [
        {
          referral_id: referral.referralId,
          network_id: referral.networkId,
          sender_organization_id: referral.senderOrganizationId,
          creator_id: referral.creatorId,
        },
      ],
    });
  }
  if (task !== null && task !== before.task) {
    rows.push({
      table: taskTable,
      rows: [
        {
          task_id: task.taskId,
          referral_id: task.referralId,
          creator_id: task.creatorId,
          agency_ids: task.agencyIds,
          sent: task.sent,
          return_path: task.returnPath,
        },
      ],
    });
  }
  return rows;
}
