import { Controller, type Type } from '@nestjs/common';
import type { EventEnvelope } from '#contracts';
import { ReadsBatch, type BatchContext, type Projected } from '#events';
import { keepingPeople, peopleEvents } from './kept-people.ts';
import { Roster } from './roster.ts';

const keepRoster = keepingPeople({ person: 'roster_person', organization: 'roster_organization' });

/** The group of a service that keeps its roster. */
function rosterGroup(service: string): string {
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

/** The reader of a service's roster: a class per service, because each service reads in a group of its own. */
export function rosterProjection(service: string): Type {
  @Controller()
  class RosterProjection {
    constructor(private readonly roster: Roster) {}

    @ReadsBatch(rosterGroup(service), ...peopleEvents)
    async onFacts(envelopes: readonly EventEnvelope[], { tx }: BatchContext): Promise<void> {
      await keepRoster(tx, envelopes);
      tx.afterCommit(() => this.roster.forget());
    }
  }
  return RosterProjection;
}
