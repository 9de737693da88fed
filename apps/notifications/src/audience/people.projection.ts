import { Controller } from '@nestjs/common';
import type { EventEnvelope } from '#contracts';
import { ReadsBatch, type BatchContext, type Projected } from '#events';
import { keepingPeople, peopleEvents } from '#service';

const group = 'notifications.audiences';
const keepPeople = keepingPeople({ person: 'known_person', organization: 'known_organization', languages: true });

export const peopleProjected: Projected = {
  group,
  neededBeforeReady: true,
  tables: [
    { table: 'known_person', stream: 'person_id' },
    { table: 'known_organization', stream: 'organization_id' },
  ],
};

/** The replica of who works where, and whether they still do, so that an audience is found without a request. */
@Controller()
export class PeopleProjection {
  @ReadsBatch(group, ...peopleEvents)
  onFacts(envelopes: readonly EventEnvelope[], { tx }: BatchContext): Promise<void> {
    return keepPeople(tx, envelopes);
  }
}
