import type { InstantText, PermissionChanged } from '#contracts';
import { statement, type Tx } from '#persistence';
import { isFresh, type Permission } from './gate.ts';

export interface GateView {
  readonly fresh: boolean;
  readonly permissions: readonly Permission[];
}

const ensureClient = statement(
  'gate-client-ensure',
  'insert into gate_client (client_id) values ($1) on conflict do nothing',
);
const lockShared = statement('gate-client-share', 'select client_id from gate_client where client_id = $1 for share');
const lockForWriting = statement(
  'gate-client-lock',
  'select client_id from gate_client where client_id = $1 for update',
);
const readGate = statement(
  'gate-read',
  `select (select coalesce(jsonb_agg(jsonb_build_object('partitions', partitions, 'asOf', ${utc('as_of')})), '[]') from gate_watermark) as marks,
          (select coalesce(jsonb_agg(jsonb_build_object(
             'recipientOrganizationId', recipient_organization_id, 'purpose', purpose, 'direction', direction,
             'categories', categories, 'returnPath', return_path, 'consentIds', consent_ids, 'validFrom', ${utc('valid_from')},
             'validUntil', ${utc('valid_until')}, 'intermediary', intermediary)), '[]')
           from gate_permission where client_id = $1) as permissions`,
);
const writePermission = statement(
  'gate-permission-write',
  `insert into gate_permission (client_id, recipient_organization_id, purpose, direction, categories, return_path, consent_ids, valid_from, valid_until, intermediary, version)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
   on conflict (client_id, recipient_organization_id, purpose, direction) do update set
     categories = excluded.categories, return_path = excluded.return_path, consent_ids = excluded.consent_ids,
     valid_from = excluded.valid_from, valid_until = excluded.valid_until, intermediary = excluded.intermediary,
     version = excluded.version
   where gate_permission.version < excluded.version
   returning version`,
);
const writeMark = statement(
  'gate-watermark-write',
  `insert into gate_watermark (partition, partitions, as_of) values ($1, $2, $3)
   on conflict (partition) do update set partitions = excluded.partitions, as_of = greatest(gate_watermark.as_of, excluded.as_of)`,
);
const tasksOfClient = statement(
  'gate-tasks-of-client',
  'select task_id, referral_id from task_of_client where client_id = $1 order by task_id',
);

/** A client that this service has just made: their gate row exists before any send may want to hold it. */
export async function openGate(tx: Tx, clientId: string): Promise<void> {
  await tx.query(ensureClient, [clientId]);
}

/**
 * The gate's answer for a client, its row held `for share` until the transaction ends: a revocation waits for us, or we
 * see it (contract.md §4.1 step 4, §4.6 step 2).
 */
export async function holdGate(tx: Tx, clientId: string, now: InstantText): Promise<GateView> {
  await tx.query(lockShared, [clientId]);
  return readGateView(tx, clientId, now);
}

/** The gate's answer without holding it: for labels and lists, never for a disclosure. */
export async function readGateView(tx: Tx, clientId: string, now: InstantText): Promise<GateView> {
  const [found] = await tx.query<{
    marks: readonly { partitions: number; asOf: InstantText }[];
    permissions: readonly Permission[];
  }>(readGate, [clientId]);
  return { fresh: isFresh(found?.marks ?? [], now), permissions: found?.permissions ?? [] };
}

/** Takes the gate row for writing and stores the permission; false when it was old news. */
export async function writeToGate(tx: Tx, event: PermissionChanged): Promise<boolean> {
  await tx.query(ensureClient, [event.clientId]);
  await tx.query(lockForWriting, [event.clientId]);
  const written = await tx.query(writePermission, [
    event.clientId,
    event.recipientOrganizationId,
    event.purpose,
    event.direction,
    event.categories,
    event.returnPath,
    event.consentIds,
    event.validFrom,
    event.validUntil ?? null,
    event.intermediary ?? false,
    event.permissionVersion,
  ]);
  return written.length > 0;
}

export async function writeWatermark(
  tx: Tx,
  mark: { readonly partition: number; readonly partitions: number; readonly asOf: InstantText },
): Promise<void> {
  await tx.query(writeMark, [mark.partition, mark.partitions, mark.asOf]);
}

export async function tasksOf(tx: Tx, clientId: string): Promise<readonly { task_id: string; referral_id: string }[]> {
  return tx.query(tasksOfClient, [clientId]);
}

function utc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
