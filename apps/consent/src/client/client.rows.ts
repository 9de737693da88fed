import type { ClientId, InstantText, NetworkId, OrganizationId } from '#contracts';
import type { Recording } from '#events';
import { statement, type Tx } from '#persistence';
import { toRecord, type ConsentRow, type RevocationRow, type StoredConsent } from '../consent/consent.entity.ts';
import type { ClientFacts, ConsentRecord } from '../consent/consent.ts';
import { permissionChanges, toPermissionChanged, type PublishedPermission } from '../permission/permission-changes.ts';
import { permissionTable, readPublished, toPermissionRow } from '../permission/permission.rows.ts';
import { unendedOf } from '../permission/expired.ts';
import { permissionsOf } from '../permission/permission.ts';

/** The facts for all decisions about a client: every consent, the last published permissions, and who owns the client. */
export interface ClientState {
  readonly clientId: ClientId;
  readonly consents: readonly StoredConsent[];
  readonly published: readonly PublishedPermission[];
  readonly facts: ClientFacts;
}

/** The result of a recomputation, added to a recording: the permissions that changed. */
export interface Republished {
  readonly events: Recording['events'];
  readonly rows: NonNullable<Recording['rows']>;
}

const consentsOfClient = statement(
  'consents of client',
  'select * from consent where client_id = $1 order by consent_id',
).reads<ConsentRow>();
const revocationsOfConsents = statement(
  'revocations of consents',
  'select * from consent_revocation where consent_id = any ($1::uuid[]) order by at, revocation_id',
).reads<RevocationRow>();
const ownersOfClient = statement(
  'owners of client',
  'select distinct organization_id from known_referral where client_id = $1',
).reads<{ organization_id: OrganizationId }>();
const treatingOrganizations = statement(
  'treating organizations',
  `select o.network_id, o.organization_id from known_organization o
   where o.network_id = any ($1::uuid[]) and o.active
     and (o.hospital or exists (select from known_service s where s.organization_id = o.organization_id and s.treats))`,
).reads<{ network_id: NetworkId; organization_id: OrganizationId }>();

/** In scope `system` of the client, with the stream locked: every consent, whoever recorded it. */
export async function loadClient(tx: Tx, clientId: ClientId): Promise<ClientState> {
  const consents = await readConsents(tx, clientId);
  const published = await readPublished(tx, clientId);
  const facts = await readFacts(
    tx,
    clientId,
    consents.map((each) => toRecord(each)),
  );
  return { clientId, consents, published, facts };
}

/** The client's consents that the transaction's scope sees. */
export async function readConsents(tx: Tx, clientId: ClientId): Promise<readonly StoredConsent[]> {
  return withRevocations(tx, await tx.query(consentsOfClient, [clientId]));
}

/** The rows with their revocations, as far as the transaction's scope sees them. */
export async function withRevocations(tx: Tx, rows: readonly ConsentRow[]): Promise<readonly StoredConsent[]> {
  if (rows.length === 0) return [];
  const found = await tx.query(revocationsOfConsents, [rows.map((row) => row.consent_id)]);
  const byConsent = Map.groupBy(found, (each) => each.consent_id);
  return rows.map((row) => ({ row, revocations: byConsent.get(row.consent_id) ?? [] }));
}

/** The client's owners, and who treats in the networks of those records whose kind needs it. */
export async function readFacts(tx: Tx, clientId: ClientId, records: readonly ConsentRecord[]): Promise<ClientFacts> {
  const owners = await readOwners(tx, clientId);
  const networks = [...new Set(records.filter(asksWhoTreats).map((record) => record.networkId))];
  return { owners, treating: networks.length === 0 ? new Map() : await readTreating(tx, networks) };
}

export async function readOwners(tx: Tx, clientId: ClientId): Promise<readonly OrganizationId[]> {
  const rows = await tx.query(ownersOfClient, [clientId]);
  return rows.map((row) => row.organization_id);
}

/** Kinds that allow more to organizations that treat. */
export function asksWhoTreats(record: Pick<ConsentRecord, 'kind'>): boolean {
  return record.kind === 'treatment-payment-operations' || record.kind === 'return-path';
}

/** Computes every permission again; events and rows for those that differ from the last published ones. */
export function republished(
  client: ClientState,
  records: readonly ConsentRecord[],
  facts: ClientFacts,
  now: InstantText,
): Republished {
  const present = permissionsOf(records, facts, now);
  const changes = permissionChanges(client.published, present, now, unendedOf(records, facts));
  return {
    events: changes.map((change) => ({
      event: toPermissionChanged(client.clientId, change),
      subject: `client/${client.clientId}`,
    })),
    rows: [{ table: permissionTable, rows: changes.map((change) => toPermissionRow(client.clientId, change)) }],
  };
}

async function readTreating(
  tx: Tx,
  networks: readonly NetworkId[],
): Promise<ReadonlyMap<NetworkId, ReadonlySet<OrganizationId>>> {
  const rows = await tx.query(treatingOrganizations, [networks]);
  const byNetwork = Map.groupBy(rows, (row) => row.network_id);
  return new Map([...byNetwork].map(([network, found]) => [network, new Set(found.map((row) => row.organization_id))]));
}
