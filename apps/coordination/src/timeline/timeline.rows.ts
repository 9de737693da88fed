import type { ActorRole, EventEnvelope, InstantText, ReferralId } from '#contracts';
import { statement, type Tx } from '#persistence';
import { readersOf, unknownVisibility, type Visibility, type VisibleItem } from '#tracking';
import { sortedBy } from '../upsert.ts';

/** One event as the timeline keeps it: its fields (ids, codes, instants), who did it, and who may see it. */
export interface TimelineRecord {
  readonly referral_id: string;
  readonly version: number;
  readonly event_id: string;
  readonly type: string;
  readonly at: InstantText;
  readonly actor_id: string | null;
  readonly actor_role: ActorRole;
  readonly actor_organization_id: string | null;
  readonly task_id: string | null;
  readonly service_request_id: string | null;
  readonly event: object;
  readonly sender_organization_id: string | null;
  readonly network_id: string | null;
  readonly agency_ids: readonly string[];
  readonly told_to_sender: boolean;
}

export function recordOf(envelope: EventEnvelope, visibility: Visibility): TimelineRecord {
  const { taskId, serviceRequestId } = envelope.event as {
    readonly taskId?: string;
    readonly serviceRequestId?: string;
  };
  const record = {
    referral_id: envelope.key,
    version: envelope.streamVersion,
    event_id: envelope.id,
    type: envelope.type,
    at: envelope.time,
    actor_id: envelope.actor.id,
    actor_role: envelope.actor.role,
    actor_organization_id: envelope.actor.organizationId,
    task_id: taskId ?? null,
    service_request_id: serviceRequestId ?? null,
    event: { ...envelope.event },
  };
  return { ...record, ...readerColumns(visibility, record) };
}

type ReaderColumns = Pick<TimelineRecord, 'sender_organization_id' | 'network_id' | 'agency_ids' | 'told_to_sender'>;

interface ItemRecord extends ReaderColumns {
  readonly referral_id: string;
  readonly version: number;
  readonly type: string;
  readonly actor_organization_id: string | null;
  readonly task_id: string | null;
  readonly service_request_id: string | null;
}

function readerColumns(visibility: Visibility, record: Omit<ItemRecord, keyof ReaderColumns>): ReaderColumns {
  const item: VisibleItem = {
    version: record.version,
    type: record.type,
    taskId: record.task_id,
    serviceRequestId: record.service_request_id,
    actorOrganizationId: record.actor_organization_id,
  };
  const { agencyIds, visibleToSender } = readersOf(visibility, item);
  return {
    sender_organization_id: visibility.senderOrganizationId,
    network_id: visibility.networkId,
    agency_ids: agencyIds,
    told_to_sender: visibleToSender,
  };
}

const beginStatement = statement(
  'begin visibility',
  `insert into timeline_referral (referral_id, sides)
   select id, $2::jsonb from unnest($1::uuid[]) as id order by id on conflict do nothing`,
);

const loadStatement = statement(
  'load visibility',
  `select referral_id, sides from timeline_referral where referral_id = any($1::uuid[])
   order by referral_id for update`,
).reads<VisibilityRecord>();

const saveStatement = statement(
  'save visibility',
  `update timeline_referral t set sides = r.sides
   from jsonb_populate_recordset(null::timeline_referral, $1::jsonb) r where t.referral_id = r.referral_id`,
);

const insertStatement = statement(
  'insert items',
  `insert into timeline_item select * from jsonb_populate_recordset(null::timeline_item, $1::jsonb)
   on conflict do nothing`,
);

const readersStatement = statement(
  'readers of items',
  `select referral_id, version, type, actor_organization_id, task_id, service_request_id,
     sender_organization_id, network_id, agency_ids, told_to_sender
   from timeline_item where referral_id = any($1::uuid[]) order by referral_id, version`,
).reads<ItemRecord>();

const updateReadersStatement = statement(
  'update readers',
  `update timeline_item i set sender_organization_id = r.sender_organization_id, network_id = r.network_id,
     agency_ids = r.agency_ids, told_to_sender = r.told_to_sender
   from jsonb_populate_recordset(null::timeline_item, $1::jsonb) r
   where i.referral_id = r.referral_id and i.version = r.version`,
);

interface VisibilityRecord {
  readonly referral_id: string;
  readonly sides: Visibility;
}

/** Who may see which items of these referrals, as far as is known; locked until the end of the transaction. */
export async function loadVisibility(
  tx: Tx,
  referralIds: readonly ReferralId[],
): Promise<ReadonlyMap<ReferralId, Visibility>> {
  const ids = referralIds.toSorted();
  const found = await tx.query(loadStatement, [ids]);
  const missing = ids.filter((id) => !found.some((row) => row.referral_id === id));
  if (missing.length > 0) await tx.query(beginStatement, [missing, JSON.stringify(unknownVisibility)]);
  const made = missing.length === 0 ? [] : await tx.query(loadStatement, [missing]);
  return new Map([...found, ...made].map((row) => [row.referral_id, row.sides]));
}

export async function saveVisibility(tx: Tx, visibility: ReadonlyMap<ReferralId, Visibility>): Promise<void> {
  if (visibility.size === 0) return;
  const records = [...visibility].map(([referral_id, each]): VisibilityRecord => ({ referral_id, sides: each }));
  await tx.query(saveStatement, [JSON.stringify(sortedBy('referral_id', records))]);
}

export async function insertItems(tx: Tx, records: readonly TimelineRecord[]): Promise<void> {
  const sorted = records.toSorted((a, b) =>
    a.referral_id === b.referral_id ? a.version - b.version : a.referral_id < b.referral_id ? -1 : 1,
  );
  await tx.query(insertStatement, [JSON.stringify(sorted)]);
}

/** Writes the readers of items again if a later event changed who may see them. */
export async function updateReaders(tx: Tx, visibility: ReadonlyMap<ReferralId, Visibility>): Promise<void> {
  if (visibility.size === 0) return;
  const items = await tx.query(readersStatement, [[...visibility.keys()].sort()]);
  const changed = items.flatMap((item) => {
    const columns = readerColumns(visibility.get(item.referral_id) ?? unknownVisibility, item);
    const { referral_id, version } = item;
    return haveSameReaders(item, columns) ? [] : [{ referral_id, version, ...columns }];
  });
  if (changed.length > 0) await tx.query(updateReadersStatement, [JSON.stringify(changed)]);
}

function haveSameReaders(one: ReaderColumns, other: ReaderColumns): boolean {
  return (
    one.sender_organization_id === other.sender_organization_id &&
    one.network_id === other.network_id &&
    one.told_to_sender === other.told_to_sender &&
    one.agency_ids.join() === other.agency_ids.join()
  );
}
