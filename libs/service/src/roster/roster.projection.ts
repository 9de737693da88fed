import { Controller, type Type } from '@nestjs/common';
import { OrganizationChanged, PersonChanged, type EventEnvelope } from '#contracts';
import { ReadsBatch, type BatchContext, type Projected } from '#events';
import { statement } from '#persistence';
import { Roster } from './roster.ts';

// Idempotent by version: an older fact never undoes a newer one.
const keepPeople = statement(
  'roster people',
  `insert into roster_person (person_id, organization_id, network_id, roles, active, version)
   select person_id, organization_id, network_id, roles, active, version
   from jsonb_populate_recordset(null::roster_person, $1::jsonb)
   on conflict (person_id) do update set organization_id = excluded.organization_id, network_id = excluded.network_id,
     roles = excluded.roles, active = excluded.active, version = excluded.version
   where roster_person.version < excluded.version`,
);

const keepOrganizations = statement(
  'roster organizations',
  `insert into roster_organization (organization_id, network_id, kind, active, version)
   select organization_id, network_id, kind, active, version
   from jsonb_populate_recordset(null::roster_organization, $1::jsonb)
   on conflict (organization_id) do update set network_id = excluded.network_id, kind = excluded.kind,
     active = excluded.active, version = excluded.version
   where roster_organization.version < excluded.version`,
);

/** The group of a service that keeps its roster. */
export function rosterGroup(service: string): string {
  return `${service}.roster`;
}

export function rosterProjected(service: string): Projected {
  return {
    group: rosterGroup(service),
    tables: [
      { table: 'roster_person', stream: 'person_id' },
      { table: 'roster_organization', stream: 'organization_id' },
    ],
  };
}

/** The reader of a service's roster: a class of its own, since each service reads in a group of its own. */
export function rosterProjection(service: string): Type {
  @Controller()
  class RosterProjection {
    constructor(private readonly roster: Roster) {}

    @ReadsBatch(rosterGroup(service), PersonChanged, OrganizationChanged)
    async onFacts(envelopes: readonly EventEnvelope[], { tx }: BatchContext): Promise<void> {
      const facts = [...new Map(envelopes.map((envelope) => [envelope.key, envelope])).values()];
      const people = facts.flatMap(({ event, streamVersion }) =>
        event instanceof PersonChanged ? [personRow(event, streamVersion)] : [],
      );
      const organizations = facts.flatMap(({ event, streamVersion }) =>
        event instanceof OrganizationChanged ? [organizationRow(event, streamVersion)] : [],
      );
      if (people.length > 0) await tx.query(keepPeople, [JSON.stringify(people)]);
      if (organizations.length > 0) await tx.query(keepOrganizations, [JSON.stringify(organizations)]);
      tx.afterCommit(() => this.roster.forget());
    }
  }
  return RosterProjection;
}

function personRow(event: PersonChanged, version: number): object {
  return {
    person_id: event.personId,
    organization_id: event.organizationId,
    network_id: event.networkId,
    roles: [...event.roles, ...(event.houseRoles ?? [])],
    active: event.active,
    version,
  };
}

function organizationRow(event: OrganizationChanged, version: number): object {
  return {
    organization_id: event.organizationId,
    network_id: event.networkId,
    kind: event.kind,
    active: event.active,
    version,
  };
}
