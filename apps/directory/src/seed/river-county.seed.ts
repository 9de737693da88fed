import {
  riverCounty,
  seedAreaId,
  seedAreas,
  seedHealthcareServices,
  seedLanguages,
  seedOrganizations,
  seedRequired,
  seedTimeZone,
  usualAttempts,
  type InstantText,
  type SeedHealthcareService,
  type SeedOrganization,
} from '#contracts';
import { systemActor } from '#access';
import { CLOCK, EventLog, IDS, type Clock, type Ids, type Recording } from '#events';
import { UnitOfWork } from '#persistence';
import type { SeedContext } from '#service';
import {
  healthcareServiceChanged,
  healthcareServiceTable,
  type HealthcareServiceRow,
} from '../healthcare-service/healthcare-service.entity.ts';
import { areaTable, type AreaRow } from '../network/area.entity.ts';
import { networkTable, policyChanged, type NetworkRow } from '../network/network.entity.ts';
import { organizationChanged, organizationTable, type OrganizationRow } from '../organization/organization.entity.ts';

type Stream = Pick<Recording, 'events' | 'rows'>;

/**
 * The network of contract.md §6.4: one transaction for the network, and one for each organization with its services. An
 * existing stream is left unchanged, so an interrupted seed continues where it was, and people's changes stay.
 */
export async function seedRiverCounty(context: SeedContext): Promise<void> {
  const log = context.get(EventLog);
  const unitOfWork = context.get(UnitOfWork);
  const clock = context.get<Clock>(CLOCK);
  const ids = context.get<Ids>(IDS);
  const begin = async (key: string, stream: (now: InstantText) => Stream): Promise<void> =>
    unitOfWork.run({ kind: 'system', key }, async (tx) => {
      const version = await log.lockStream(tx, key);
      if (version > 0) return;
      const now = clock.now();
      await log.record(tx, {
        key,
        version,
        now,
        actor: systemActor('system'),
        correlationId: ids.next(),
        ...stream(now),
      });
    });
  await begin(riverCounty.networkId, networkStream);
  for (const organization of seedOrganizations)
    await begin(organization.organizationId, (now) => organizationStream(organization, now));
}

function networkStream(): Stream {
  const network: NetworkRow = {
    network_id: riverCounty.networkId,
    code: riverCounty.code,
    name: riverCounty.name,
    reroute: 'auto',
    offer: 'first-accept',
    decline_review: false,
    timers: [],
    attempts: { ...usualAttempts },
    version: 1,
  };
  const areas = seedAreas.map((area): AreaRow => ({
    area_id: area.areaId,
    network_id: network.network_id,
    code: area.code,
    name: area.name,
  }));
  return {
    events: [{ event: policyChanged(network), subject: `network/${network.network_id}` }],
    rows: [
      { table: networkTable, rows: [{ ...network }] },
      { table: areaTable, rows: areas.map((row) => ({ ...row })) },
    ],
  };
}

function organizationStream(seed: SeedOrganization, now: InstantText): Stream {
  const organization: OrganizationRow = {
    organization_id: seed.organizationId,
    network_id: riverCounty.networkId,
    code: seed.code,
    name: seed.name,
    kind: seed.kind,
    victim_service: false,
    time_zone: seedTimeZone,
    active: true,
    version: 1,
  };
  const services = seedHealthcareServices
    .filter((service) => service.organizationCode === seed.code)
    .map((service, index) => serviceRow(service, seed, index + 2, now));
  return {
    events: [
      { event: organizationChanged(organization), subject: `organization/${organization.organization_id}` },
      ...services.map((row) => ({
        event: healthcareServiceChanged(row),
        subject: `healthcare-service/${row.healthcare_service_id}`,
      })),
    ],
    rows: [
      { table: organizationTable, rows: [{ ...organization }] },
      { table: healthcareServiceTable, rows: services.map((row) => ({ ...row })) },
    ],
  };
}

function serviceRow(
  service: SeedHealthcareService,
  organization: SeedOrganization,
  version: number,
  now: InstantText,
): HealthcareServiceRow {
  return {
    healthcare_service_id: service.healthcareServiceId,
    network_id: riverCounty.networkId,
    organization_id: organization.organizationId,
    code: service.code,
    name: service.name,
    need: service.need,
    area_ids: service.areaCodes.map(seedAreaId),
    languages: seedLanguages,
    openness: service.openness,
    openness_at: now,
    said_by: null,
    required: seedRequired,
    asked: service.asked,
    active: true,
    version,
  };
}
