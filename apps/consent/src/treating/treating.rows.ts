import type { ClientId, HealthcareServiceId, NetworkId, OrganizationId } from '#contracts';
import { recordedTable } from '#events';
import { statement, type Tx } from '#persistence';

/** Clients with a consent whose effect depends on who treats. */
export const treatingWatchTable = recordedTable({
  name: 'treating_watch',
  key: ['client_id'],
  columns: ['client_id'],
});

const keepOrganization = statement(
  'keep organization',
  `insert into known_organization (organization_id, network_id, hospital, active) values ($1, $2, $3, $4)
   on conflict (organization_id) do update
   set network_id = excluded.network_id, hospital = excluded.hospital, active = excluded.active`,
);
const keepService = statement(
  'keep service',
  `insert into known_service (healthcare_service_id, organization_id, treats) values ($1, $2, $3)
   on conflict (healthcare_service_id) do update
   set organization_id = excluded.organization_id, treats = excluded.treats`,
);
const treatsNow = statement(
  'organization treats',
  `select exists (select from known_organization o where o.organization_id = $1 and o.active
     and (o.hospital or exists (select from known_service s where s.organization_id = $1 and s.treats))) as treats`,
).reads<{ treats: boolean }>();
const watched = statement(
  'clients watched',
  'select client_id from treating_watch where $1::uuid is null or client_id > $1 order by client_id limit $2',
).reads<{ client_id: ClientId }>();

export async function keepKnownOrganization(
  tx: Tx,
  known: {
    readonly organizationId: OrganizationId;
    readonly networkId: NetworkId;
    readonly hospital: boolean;
    readonly active: boolean;
  },
): Promise<void> {
  await tx.query(keepOrganization, [known.organizationId, known.networkId, known.hospital, known.active]);
}

export async function keepKnownService(
  tx: Tx,
  known: {
    readonly healthcareServiceId: HealthcareServiceId;
    readonly organizationId: OrganizationId;
    readonly treats: boolean;
  },
): Promise<void> {
  await tx.query(keepService, [known.healthcareServiceId, known.organizationId, known.treats]);
}

export async function isTreating(tx: Tx, organizationId: OrganizationId): Promise<boolean> {
  return (await tx.query(treatsNow, [organizationId]))[0]?.treats === true;
}

/** Clients whose permissions depend on who treats, in order, after `after`. */
export async function watchedClients(tx: Tx, after: ClientId | null, limit: number): Promise<readonly ClientId[]> {
  const rows = await tx.query(watched, [after, limit]);
  return rows.map((row) => row.client_id);
}
