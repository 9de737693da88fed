import type { InstantText, Need, NeedResult, PersonId, Priority, TaskState, WaitsFor } from '#contracts';
import type { Tx } from '#persistence';
import { dueOf, resultForSender, senderView, waitsFor } from '#tracking';
import { dueColumnNames, dueColumns, type DueColumns } from '../urgency/urgency.ts';
import { columnNames, sortedBy, upsertInto, type ProjectedTable } from '../upsert.ts';
import type { BoardNeed, BoardReferral, BoardTask } from './board.ts';
import { reroutePendingAfter, speaker, tasksOfNeed } from '../board-status/board-status.ts';

/** What one side sees of a need: the Task that speaks for it, and when that is due. */
export interface NeedSeen extends DueColumns {
  readonly result: NeedResult;
  readonly open: boolean;
  readonly task_id: string | null;
  readonly state: TaskState | null;
  readonly sub_state: string | null;
  readonly waits_for: WaitsFor;
  readonly recipient_organization_id: string | null;
  readonly state_since: InstantText | null;
  readonly last_type: string | null;
  readonly last_at: InstantText | null;
  readonly proposed_at: InstantText | null;
  readonly version: number;
}

/**
 * One row a need. What the sender sees stands in columns of its own: where nothing may be reported back, it stands still
 * (contract.md §4.6).
 */
export type BoardRecord = NeedColumns &
  NeedSeen & { readonly [Column in keyof NeedSeen as `sender_${Column}`]: NeedSeen[Column] };

/** What both sides see alike. */
interface NeedColumns {
  readonly service_request_id: string;
  readonly referral_id: string;
  readonly sender_organization_id: string | null;
  readonly network_id: string | null;
  readonly need: Need | null;
  readonly priority: Priority;
  readonly needed_by: InstantText | null;
  readonly created_by: PersonId | null;
  readonly opened_at: InstantText | null;
  readonly task_count: number;
}

const needColumns = columnNames<NeedColumns>({
  service_request_id: true,
  referral_id: true,
  sender_organization_id: true,
  network_id: true,
  need: true,
  priority: true,
  needed_by: true,
  created_by: true,
  opened_at: true,
  task_count: true,
});

const seenColumns = columnNames<NeedSeen>({
  result: true,
  open: true,
  task_id: true,
  state: true,
  sub_state: true,
  waits_for: true,
  recipient_organization_id: true,
  state_since: true,
  last_type: true,
  last_at: true,
  proposed_at: true,
  ...dueColumnNames,
  version: true,
});

const boardTable: ProjectedTable<BoardRecord> = {
  name: 'board_row',
  key: 'service_request_id',
  columns: [
    ...needColumns.filter((column) => column !== 'service_request_id'),
    ...seenColumns,
    ...seenColumns.map((column) => `sender_${column}` as const),
  ],
};

/** For a select: a row as one side sees it, under the plain names. `prefix`: `sender_` for the sender. */
export function boardColumns(prefix: '' | 'sender_'): string {
  return [...needColumns, ...seenColumns.map((column) => `${prefix}${column} as ${column}`)].join(', ');
}

/** The board rows of a referral. */
export function boardRecords(referral: BoardReferral): readonly BoardRecord[] {
  return referral.needs.map((need) => {
    const tasks = tasksOfNeed(referral, need.serviceRequestId);
    const forSender = {
      ...seenOf(referral, { ...need, result: resultForSender(need, tasks) }, tasks.map(senderView)),
      // Who else is proposed would say that the Task has ended.
      ...(tasks.some((task) => task.frozen !== null) ? { version: frozenVersion(tasks), proposed_at: null } : {}),
    };
    return {
      service_request_id: need.serviceRequestId,
      referral_id: referral.referralId,
      sender_organization_id: referral.senderOrganizationId,
      network_id: referral.networkId,
      need: need.need,
      priority: referral.priority,
      needed_by: referral.neededBy,
      created_by: referral.createdBy,
      opened_at: need.openedAt,
      task_count: tasks.length,
      ...seenOf(referral, need, tasks),
      ...senderColumns(forSender),
    };
  });
}

function seenOf(referral: BoardReferral, need: BoardNeed, tasks: readonly BoardTask[]): NeedSeen {
  const open = need.result === 'in-play';
  const task = speaker(tasks);
  const due = open && task !== undefined ? dueOf(task.timers, referral.priority) : null;
  const reroute = reroutePendingAfter({ ...referral, tasks }, need.serviceRequestId);
  return {
    result: need.result,
    open,
    task_id: task?.taskId ?? null,
    state: task?.state ?? null,
    sub_state: task?.subState ?? null,
    // Nobody has to do anything about a settled need, so a list of what waits for somebody leaves these out.
    waits_for: open ? (task === undefined ? 'sender' : waitsFor(task, reroute)) : 'nobody',
    recipient_organization_id: task?.recipientOrganizationId ?? null,
    state_since: task?.stateSince ?? null,
    last_type: task?.lastEvent.type ?? null,
    last_at: task?.lastEvent.at ?? null,
    proposed_at: reroute === null ? null : need.proposedAt,
    ...dueColumns(due),
    version: Math.max(need.version, ...tasks.map((each) => each.version)),
  };
}

/** What a frozen Task went through moves no number that its sender can see. */
function frozenVersion(tasks: readonly BoardTask[]): number {
  return Math.max(...tasks.map((task) => task.frozen?.version ?? task.version));
}

function senderColumns(seen: NeedSeen): Pick<BoardRecord, `sender_${keyof NeedSeen}`> {
  return Object.fromEntries(seenColumns.map((column) => [`sender_${column}`, seen[column]])) as Pick<
    BoardRecord,
    `sender_${keyof NeedSeen}`
  >;
}

const upsertStatement = upsertInto(boardTable);

export async function keepBoard(tx: Tx, records: readonly BoardRecord[]): Promise<void> {
  if (records.length > 0) await tx.query(upsertStatement, [JSON.stringify(sortedBy('service_request_id', records))]);
}
