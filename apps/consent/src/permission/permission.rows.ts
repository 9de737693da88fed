import type { ClientId, Direction, InstantText, OrganizationId, Purpose, ReturnPath, Category } from '#contracts';
import { recordedTable } from '#events';
import { statement, type Tx } from '#persistence';
import type { PublishedPermission } from './permission-changes.ts';

interface PermissionRow {
  readonly client_id: ClientId;
  readonly recipient_organization_id: OrganizationId;
  readonly purpose: Purpose;
  readonly direction: Direction;
  readonly categories: readonly Category[];
  readonly return_path: ReturnPath;
  readonly consent_ids: readonly string[];
  readonly valid_from: InstantText;
  readonly valid_until: InstantText | null;
  readonly expired_categories: readonly Category[];
  readonly expired_at: InstantText | null;
  readonly intermediary: boolean;
  readonly version: number;
}

/** The permission last published for each key. Empty ones stay, so that versions continue to count. */
export const permissionTable = recordedTable({
  name: 'permission',
  key: ['client_id', 'recipient_organization_id', 'purpose', 'direction'],
  columns: [
    ...['client_id', 'recipient_organization_id', 'purpose', 'direction', 'categories', 'return_path'],
    ...['consent_ids', 'valid_from', 'valid_until', 'expired_categories', 'expired_at', 'intermediary', 'version'],
  ],
});

const permissionsOfClient = statement(
  'permissions of client',
  'select * from permission where client_id = $1',
).reads<PermissionRow>();

export async function readPublished(tx: Tx, clientId: ClientId): Promise<readonly PublishedPermission[]> {
  const rows = await tx.query(permissionsOfClient, [clientId]);
  return rows.map((row) => ({
    recipientOrganizationId: row.recipient_organization_id,
    purpose: row.purpose,
    direction: row.direction,
    categories: row.categories,
    returnPath: row.return_path,
    consentIds: row.consent_ids,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    expiredCategories: row.expired_categories,
    expiredAt: row.expired_at,
    intermediary: row.intermediary,
    version: row.version,
  }));
}

export function toPermissionRow(
  clientId: ClientId,
  permission: PublishedPermission,
): Readonly<Record<string, unknown>> {
  return {
    client_id: clientId,
    recipient_organization_id: permission.recipientOrganizationId,
    purpose: permission.purpose,
    direction: permission.direction,
    categories: permission.categories,
    return_path: permission.returnPath,
    consent_ids: permission.consentIds,
    valid_from: permission.validFrom,
    valid_until: permission.validUntil,
    expired_categories: permission.expiredCategories,
    expired_at: permission.expiredAt,
    intermediary: permission.intermediary,
    version: permission.version,
  };
}
