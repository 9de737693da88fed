import { Controller } from '@nestjs/common';
import { OrganizationChanged, PersonChanged, type EventEnvelope } from '#contracts';
import { ReadsBatch, type BatchContext, type Projected } from '#events';
import { statement } from '#persistence';

const group = 'notifications.audiences';

export const peopleProjected: Projected = {
  group,
  neededBeforeReady: true,
  tables: [
    { table: 'known_person', stream: 'person_id' },
    { table: 'known_organization', stream: 'organization_id' },
  ],
};

// Idempotent by version: an older fact never undoes a newer one.
const keepPeople = statement(
  'keep known people',
  `insert into known_person (person_id, organization_id, network_id, roles, active, language, version)
   select person_id, organization_id, network_id, roles, active, language, version
   from jsonb_populate_recordset(null::known_person, $1::jsonb)
   on conflict (person_id) do update set organization_id = excluded.organization_id, network_id = excluded.network_id,
     roles = excluded.roles, active = excluded.active, language = excluded.language, version = excluded.version
   where known_person.version < excluded.version`,
);

const keepOrganizations = statement(
  'keep known organizations',
  `insert into known_organization (organization_id, network_id, kind, active, version)
   select organization_id, network_id, kind, active, version
   from jsonb_populate_recordset(null::known_organization, $1::jsonb)
   on conflict (organization_id) do update set network_id = excluded.network_id, kind = excluded.kind,
     active = excluded.active, version = excluded.version
   where known_organization.version < excluded.version`,
);

/** Our own copy of who works where, and whether they still do: an audience is found without asking anybody. */
@Controller()
export class PeopleProjection {
  @ReadsBatch(group, PersonChanged, OrganizationChanged)
  async onFacts(envelopes: readonly EventEnvelope[], { tx }: BatchContext): Promise<void> {
    const facts = latest(envelopes);
    const people = facts.flatMap(({ event, streamVersion }) =>
      event instanceof PersonChanged ? [personRow(event, streamVersion)] : [],
    );
    const organizations = facts.flatMap(({ event, streamVersion }) =>
      event instanceof OrganizationChanged ? [organizationRow(event, streamVersion)] : [],
    );
    if (people.length > 0) await tx.query(keepPeople, [JSON.stringify(people)]);
    if (organizations.length > 0) await tx.query(keepOrganizations, [JSON.stringify(organizations)]);
  }
}

function personRow(event: PersonChanged, version: number): Record<string, unknown> {
  return {
    person_id: event.personId,
    organization_id: event.organizationId,
    network_id: event.networkId,
    roles: event.roles,
    active: event.active,
    language: event.language,
    version,
  };
}

function organizationRow(event: OrganizationChanged, version: number): Record<string, unknown> {
  return {
    organization_id: event.organizationId,
    network_id: event.networkId,
    kind: event.kind,
    active: event.active,
    version,
  };
}

/** One row a key, the last word of it: a statement may not write a row twice. */
function latest<E extends EventEnvelope>(envelopes: readonly E[]): readonly E[] {
  return [...new Map(envelopes.map((envelope) => [envelope.key, envelope])).values()];
}
