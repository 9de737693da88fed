import { Inject, Injectable } from '@nestjs/common';
import { hasRole, networkScope } from '#access';
import type { HealthcareServiceId, Openness } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { CommandRunner, type Answer, type CommandRequest } from '#service';
import {
  healthcareServiceChanged,
  healthcareServiceTable,
  toHealthcareServiceView,
} from './healthcare-service.entity.ts';
import { HealthcareServiceQueries } from './healthcare-service.queries.ts';

@Injectable()
export class HealthcareServiceService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly services: HealthcareServiceQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sets the openness of a service of the own organization. Repeating the same value renews the freshness stamp, and is a
   * change like any other (domain.md §5: capacity a year old).
   */
  setOpenness(request: CommandRequest, id: HealthcareServiceId, openness: Openness): Promise<Answer> {
    const { actor } = request;
    return this.commands.run({
      request,
      scope: networkScope(actor),
      as: hasRole(actor, 'organization-admin') ? 'organization-admin' : 'intake-worker',
      find: async (tx) => {
        const row = await this.services.find(tx, id);
        return row?.organization_id === actor.organizationId ? row : undefined;
      },
      key: (found) => found.organization_id,
      work: (_tx, found, stream) => {
        const at = this.clock.now();
        const changed = { ...found, openness, openness_at: at, said_by: actor.personId, version: stream.version + 1 };
        return Promise.resolve({
          kind: 'done',
          body: toHealthcareServiceView(changed),
          version: changed.version,
          current: { version: found.version, state: found.openness },
          at,
          events: [{ event: healthcareServiceChanged(changed), subject: `healthcare-service/${id}` }],
          rows: [{ table: healthcareServiceTable, rows: [{ ...changed }] }],
        });
      },
    });
  }
}
