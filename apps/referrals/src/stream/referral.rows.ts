import type { ReferralId } from '#contracts';
import { recordedTable, type RowWrite } from '#events';
import { statement, type Tx } from '#persistence';
import type { AccessRow, AttachmentRow, NeedRow, ReferralState, TaskRow } from '../domain/referral.ts';

type ReferralRow = Omit<ReferralState, 'needs' | 'tasks' | 'access' | 'attachments'>;

const loadStream = statement(
  'referral-load',
  `select (select row from referral where referral_id = $1) as referral,
          (select coalesce(jsonb_agg(row order by (row ->> 'order')::int), '[]') from service_request where referral_id = $1) as needs,
          (select coalesce(jsonb_agg(row order by row ->> 'createdAt', task_id), '[]') from task where referral_id = $1) as tasks,
          (select coalesce(jsonb_agg(row order by row ->> 'grantedAt', access_id), '[]') from access where referral_id = $1) as access,
          (select coalesce(jsonb_agg(row order by row ->> 'addedAt', attachment_id), '[]') from attachment where referral_id = $1) as attachments`,
).reads<{
  referral: ReferralRow | null;
  needs: readonly NeedRow[];
  tasks: readonly TaskRow[];
  access: readonly AccessRow[];
  attachments: readonly AttachmentRow[];
}>();

/**
 * The whole decision state of one referral, in scope `system` with the referral as key (any other scope would hide
 * siblings from the decision). Undefined when there is none.
 */
export async function loadReferral(tx: Tx, referralId: ReferralId): Promise<ReferralState | undefined> {
  const [found] = await tx.query(loadStream, [referralId]);
  if (found === undefined || found.referral === null) return undefined;
  const { referral, needs, tasks, access, attachments } = found;
  return { ...referral, needs, tasks, access, attachments };
}

const referralTable = recordedTable({ name: 'referral', key: ['referral_id'], columns: ['referral_id', 'row'] });
const needTable = recordedTable({
  name: 'service_request',
  key: ['service_request_id'],
  columns: ['service_request_id', 'row', 'sender_organization_id', 'network_id'],
});
const taskTable = recordedTable({ name: 'task', key: ['task_id'], columns: ['task_id', 'row', 'client_id'] });
const accessTable = recordedTable({ name: 'access', key: ['access_id'], columns: ['access_id', 'row', 'referral_id'] });
const attachmentTable = recordedTable({
  name: 'attachment',
  key: ['attachment_id'],
  columns: ['attachment_id', 'row', 'sender_organization_id'],
});
const taskOfClientTable = recordedTable({
  name: 'task_of_client',
  key: ['task_id'],
  columns: ['task_id', 'client_id', 'referral_id'],
});

const clientReferralTable = recordedTable({
  name: 'client_referral',
  key: ['referral_id'],
  columns: ['referral_id', 'client_id'],
});

/** The rows that differ between two folds of one stream, as upserts for `record`. */
export function changedRows(before: ReferralState | null, after: ReferralState): readonly RowWrite[] {
  const { referralId, clientId, senderOrganizationId, networkId } = after;
  const tasks = changed(before?.tasks ?? [], after.tasks, (each) => each.taskId);
  const known = new Set(before?.tasks.map((each) => each.taskId));
  const writes: RowWrite[] = [
    {
      table: referralTable,
      rows: before === null || !same(head(before), head(after)) ? [{ referral_id: referralId, row: head(after) }] : [],
    },
    { table: clientReferralTable, rows: before === null ? [{ referral_id: referralId, client_id: clientId }] : [] },
    {
      table: needTable,
      rows: changed(before?.needs ?? [], after.needs, (each) => each.serviceRequestId).map((row) => ({
        service_request_id: row.serviceRequestId,
        row,
        sender_organization_id: senderOrganizationId,
        network_id: networkId,
      })),
    },
    { table: taskTable, rows: tasks.map((row) => ({ task_id: row.taskId, row, client_id: clientId })) },
    {
      table: accessTable,
      rows: changed(before?.access ?? [], after.access, (each) => each.accessId).map((row) => ({
        access_id: row.accessId,
        row,
        referral_id: referralId,
      })),
    },
    {
      table: attachmentTable,
      rows: changed(before?.attachments ?? [], after.attachments, (each) => each.attachmentId).map((row) => ({
        attachment_id: row.attachmentId,
        row,
        sender_organization_id: senderOrganizationId,
      })),
    },
    {
      table: taskOfClientTable,
      rows: tasks
        .filter((each) => !known.has(each.taskId))
        .map((row) => ({ task_id: row.taskId, client_id: clientId, referral_id: referralId })),
    },
  ];
  return writes.filter((each) => each.rows.length > 0);
}

function head(state: ReferralState): ReferralRow {
  const { needs: _needs, tasks: _tasks, access: _access, attachments: _attachments, ...row } = state;
  return row;
}

function changed<T extends object>(before: readonly T[], after: readonly T[], idOf: (row: T) => string): readonly T[] {
  const old = new Map(before.map((each) => [idOf(each), each]));
  return after.filter((each) => {
    const was = old.get(idOf(each));
    return was === undefined || !same(was, each);
  });
}

/** A fold returns unchanged objects as they are, so comparing identity is nearly always enough. */
function same(a: object, b: object): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
