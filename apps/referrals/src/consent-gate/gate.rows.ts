import type { InstantText, PermissionChanged } from '#contracts';
import { columnsOfTable, statement, type Tx } from '#persistence';
import type { GateView, Watermark } from '../domain/consent/permission.ts';

/** A permission as consent published it, with every optional field. */
type GatePermission = Omit<Required<PermissionChanged>, 'type' | 'validUntil' | 'expiredAt'> & {
  readonly validUntil: InstantText | null;
  readonly expiredAt: InstantText | null;
};

const hold = statement(
  'gate-hold',
  'select client_id as "clientId", permissions, waits, marks from gate_hold($1::uuid[])',
).reads<GateView>();
const close = statement('gate-close', 'select gate_close($1::uuid) is null as closed');
const permissionTable = columnsOfTable('gate_permission').holding<GatePermission>({
  clientId: 'client_id',
  recipientOrganizationId: 'recipient_organization_id',
  purpose: 'purpose',
  direction: 'direction',
  categories: 'categories',
  returnPath: 'return_path',
  consentIds: 'consent_ids',
  validFrom: 'valid_from',
  validUntil: 'valid_until',
  intermediary: 'intermediary',
  permissionVersion: 'version',
  expiredCategories: 'expired_categories',
  expiredAt: 'expired_at',
});
const permissionKey = ['clientId', 'recipientOrganizationId', 'purpose', 'direction'] as const;
const writePermission = statement(
  'gate-permission-write',
  `${permissionTable.upsert(permissionKey, 'permissionVersion')} returning version`,
);
// The newest watermark is the one with the highest offset. A lower offset with a later instant means that the topic was
// created again. Watermarks of partitions that the topic no longer has are removed, because nothing would update them.
const writeMark = statement(
  'gate-watermark-write',
  `with gone as (delete from gate_watermark where partition >= $2::int)
   insert into gate_watermark (partition, partitions, as_of, "offset")
   values ($1::int, $2::int, $3::timestamptz, $4::bigint)
   on conflict (partition) do update
     set partitions = excluded.partitions, as_of = excluded.as_of, "offset" = excluded."offset"
     where excluded."offset" > gate_watermark."offset" or excluded.as_of > gate_watermark.as_of`,
);
const readMarks = statement(
  'gate-watermarks',
  'select partition, partitions, as_of as "asOf" from gate_watermark',
).reads<Watermark>();
const tasksOfClient = statement(
  'gate-tasks-of-client',
  'select task_id as "taskId", referral_id as "referralId" from task_of_client where client_id = $1',
);

/** Holds the gates of these clients until the transaction ends, and reads them once they are held. */
export async function holdGates(tx: Tx, clientIds: readonly string[]): Promise<readonly GateView[]> {
  return clientIds.length === 0 ? [] : tx.query(hold, [clientIds]);
}

/** Closes the client's gate until the transaction ends. Transactions that hold it end first; later ones wait. */
export async function closeGate(tx: Tx, clientId: string): Promise<void> {
  await tx.query(close, [clientId]);
}

/** Closes the client's gate, then stores the permission; false if a newer one is stored already. */
export async function writeToGate(tx: Tx, event: PermissionChanged): Promise<boolean> {
  await closeGate(tx, event.clientId);
  const permission = {
    ...event,
    validUntil: event.validUntil ?? null,
    intermediary: event.intermediary ?? false,
    expiredCategories: event.expiredCategories ?? [],
    expiredAt: event.expiredAt ?? null,
  };
  const written = await tx.query(writePermission, [permissionTable.json(permission)]);
  return written.length > 0;
}

export async function writeWatermark(
  tx: Tx,
  mark: Watermark & { readonly partition: number; readonly offset: string },
): Promise<void> {
  await tx.query(writeMark, [mark.partition, mark.partitions, mark.asOf, mark.offset]);
}

/** The newest watermark of each partition that consent has written to. */
export async function readWatermarks(tx: Tx): Promise<readonly Watermark[]> {
  return tx.query(readMarks);
}

export async function tasksOf(
  tx: Tx,
  clientId: string,
): Promise<readonly { readonly taskId: string; readonly referralId: string }[]> {
  return tx.query(tasksOfClient, [clientId]);
}
