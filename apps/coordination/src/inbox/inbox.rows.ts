import type {
  Assignment,
  ContactChannel,
  InstantText,
  Need,
  Priority,
  TaskContactView,
  TaskState,
  WaitsFor,
} from '#contracts';
import { statement, type Tx } from '#persistence';
import { attemptsShown, claimantsOf, dueOf, isEnded, waitsFor } from '#tracking';
import type { BoardReferral } from '../board/board.ts';
import { reroutePendingAfter } from '../board-status/board-status.ts';
import { dueColumnNames, dueColumns, type DueColumns } from '../urgency/urgency.ts';
import { columnNames, sortedBy, upsertInto, type ProjectedTable } from '../upsert.ts';

/** One row a Task, as its agency sees it. A pool's Task names who may claim it, as long as nobody has. */
export interface InboxRecord extends DueColumns {
  readonly task_id: string;
  readonly referral_id: string;
  readonly service_request_id: string;
  readonly sender_organization_id: string | null;
  readonly recipient_organization_id: string | null;
  readonly eligible_organization_ids: readonly string[];
  readonly network_id: string | null;
  readonly need: Need | null;
  readonly priority: Priority;
  readonly needed_by: InstantText | null;
  readonly state: TaskState;
  readonly state_since: InstantText;
  readonly sub_state: string | null;
  readonly waits_for: WaitsFor;
  readonly open: boolean;
  readonly owner_id: string | null;
  readonly healthcare_service_id: string | null;
  readonly assignment: Assignment;
  readonly last_type: string;
  readonly last_at: InstantText;
  readonly contact_prohibited: boolean;
  readonly contact_channels: readonly ContactChannel[] | null;
  readonly attempts: ReturnType<typeof attemptsShown>;
  readonly appointment_at: InstantText | null;
  readonly review_on: InstantText | null;
  readonly sent_at: InstantText | null;
  readonly version: number;
}

const inboxTable: ProjectedTable<InboxRecord> = {
  name: 'inbox_row',
  key: 'task_id',
  columns: columnNames<Omit<InboxRecord, 'task_id'>>({
    referral_id: true,
    service_request_id: true,
    sender_organization_id: true,
    recipient_organization_id: true,
    eligible_organization_ids: true,
    network_id: true,
    need: true,
    priority: true,
    needed_by: true,
    state: true,
    state_since: true,
    sub_state: true,
    waits_for: true,
    open: true,
    ...dueColumnNames,
    owner_id: true,
    healthcare_service_id: true,
    assignment: true,
    contact_prohibited: true,
    contact_channels: true,
    attempts: true,
    appointment_at: true,
    review_on: true,
    last_type: true,
    last_at: true,
    sent_at: true,
    version: true,
  }),
};

const inAnyWay: TaskContactView = { prohibited: false, channels: null };

/** The inbox rows of a referral: its Tasks, sent or not; who sees which is the policies' word. */
export function inboxRecords(referral: BoardReferral): readonly InboxRecord[] {
  const { prohibited, channels } = referral.contact ?? inAnyWay;
  return referral.tasks.map((task) => {
    const open = !isEnded(task.state);
    const due = open ? dueOf(task.timers, task.priority) : null;
    return {
      task_id: task.taskId,
      referral_id: referral.referralId,
      service_request_id: task.serviceRequestId,
      sender_organization_id: referral.senderOrganizationId,
      recipient_organization_id: task.recipientOrganizationId,
      eligible_organization_ids: claimantsOf(task),
      network_id: referral.networkId,
      need: task.need,
      priority: task.priority,
      needed_by: task.neededBy,
      state: task.state,
      state_since: task.stateSince,
      sub_state: task.subState,
      waits_for: waitsFor(task, reroutePendingAfter(referral, task.serviceRequestId)),
      open,
      ...dueColumns(due),
      owner_id: task.ownerId,
      healthcare_service_id: task.healthcareServiceId,
      assignment: task.assignment,
      contact_prohibited: prohibited,
      contact_channels: channels,
      attempts: attemptsShown(task.attempts),
      appointment_at: task.appointmentAt,
      review_on: task.reviewOn,
      last_type: task.lastEvent.type,
      last_at: task.lastEvent.at,
      sent_at: task.sentAt,
      version: task.version,
    };
  });
}

const upsertStatement = upsertInto(inboxTable);

const claimStatement = statement(
  'claimants',
  `with gone as (
     delete from inbox_claimant c using jsonb_populate_recordset(null::inbox_row, $1::jsonb) r
     where c.task_id = r.task_id and c.organization_id <> all (r.eligible_organization_ids))
   insert into inbox_claimant (organization_id, task_id)
   select e.id, r.task_id from jsonb_populate_recordset(null::inbox_row, $1::jsonb) r
     cross join unnest(r.eligible_organization_ids) as e(id)
   order by 1, 2 on conflict do nothing`,
);

/** Writes inbox rows, and for those of a pool who may claim them. */
export async function keepInbox(tx: Tx, records: readonly InboxRecord[]): Promise<void> {
  if (records.length === 0) return;
  const sorted = sortedBy('task_id', records);
  await tx.query(upsertStatement, [JSON.stringify(sorted)]);
  const ofPools = sorted.filter(({ assignment }) => assignment === 'pool');
  if (ofPools.length > 0) await tx.query(claimStatement, [JSON.stringify(ofPools)]);
}
