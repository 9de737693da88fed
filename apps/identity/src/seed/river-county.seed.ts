import { systemActor } from '#access';
import {
  riverCounty,
  seedEmail,
  seedNetworkId,
  seedOrganizationId,
  seedOrganizations,
  seedPeople,
  seedSystemClients,
  type SeedPerson,
} from '#contracts';
import { CLOCK, EventLog, IDS, type Clock, type Ids, type Recording } from '#events';
import { UnitOfWork } from '#persistence';
import type { SeedContext } from '#service';
import {
  personChanged,
  personTable,
  systemClientTable,
  type PersonRow,
  type SystemClientRow,
} from '../person/person.entity.ts';

/**
 * The people of contract.md §6.4, one transaction each, and the system-clients. An existing person stays unchanged, so an
 * interrupted seed continues where it was.
 */
export async function seedRiverCounty(context: SeedContext): Promise<void> {
  const log = context.get(EventLog);
  const unitOfWork = context.get(UnitOfWork);
  const clock = context.get<Clock>(CLOCK);
  const ids = context.get<Ids>(IDS);
  const write = (key: string, recorded: Pick<Recording, 'events' | 'rows'>): Promise<void> =>
    unitOfWork.run({ kind: 'system', key }, async (tx) => {
      const version = await log.lockStream(tx, key);
      if (version > 0) return;
      const actor = systemActor('system');
      await log.record(tx, { key, version, now: clock.now(), actor, correlationId: ids.next(), ...recorded });
    });
  for (const person of seedPeople.map(personRow))
    await write(person.person_id, {
      events: [{ event: personChanged(person), subject: `person/${person.person_id}` }],
      rows: [{ table: personTable, rows: [{ ...person }] }],
    });
  // Programs publish no event: they are never a colleague, an owner or an audience.
  for (const client of clientRows)
    await write(client.person_id, { events: [], rows: [{ table: systemClientTable, rows: [{ ...client }] }] });
}

function personRow(person: SeedPerson): PersonRow {
  return {
    person_id: person.personId,
    login: person.login,
    display_name: person.displayName,
    organization_id: seedOrganizationId(person.organizationCode),
    network_id: seedNetworkId(person.organizationCode),
    roles: person.roles,
    scopes: isCoordinatingBody(person.organizationCode) ? ['network'] : [],
    language: person.language,
    email: seedEmail(person),
    active: true,
    version: 1,
  };
}

const clientRows: readonly SystemClientRow[] = seedSystemClients.map((client) => ({
  client_id: client.clientId,
  person_id: client.personId,
  organization_id: seedOrganizationId(client.organizationCode),
  network_id: riverCounty.networkId,
  scopes: client.scopes,
}));

/** Its people oversee the network: their tokens contain that `scope` (contract.md §6.3). */
function isCoordinatingBody(organizationCode: string): boolean {
  return seedOrganizations.some((each) => each.code === organizationCode && each.kind === 'coordinating-body');
}
