import { Injectable } from '@nestjs/common';
import { hasRole, networkScope, type Actor } from '#access';
import type { OrganizationId, PersonId } from '#contracts';
import { CommandRunner, GuardRefused, type Answer, type CommandRequest } from '#service';
import { endRecordsOfPerson } from '../oidc/oidc-record.rows.ts';
import { endSessionsOfPerson } from '../session/session.rows.ts';
import { personChanged, personTable, toStandingView } from './person.entity.ts';
import { PersonQueries } from './person.queries.ts';

/**
 * Tells whether the actor may change who is active in this organization: in their own, and a network-admin in the whole
 * network.
 */
export function mayEnd(actor: Actor, organizationId: OrganizationId | undefined): boolean {
  if (hasRole(actor, 'network-admin')) return true;
  return hasRole(actor, 'organization-admin', 'platform-operator') && organizationId === actor.organizationId;
}

/** Who is active. */
@Injectable()
export class PersonService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly people: PersonQueries,
  ) {}

  /**
   * An inactive person loses all sessions, codes and refresh tokens, and every service is notified. When active again,
   * they sign in again. People cannot deactivate themselves: somebody must be able to undo it.
   */
  setActive(request: CommandRequest, personId: PersonId, active: boolean): Promise<Answer> {
    const { actor } = request;
    return this.commands.run({
      request,
      scope: networkScope(actor),
      find: async (tx) => {
        const row = await this.people.find(tx, personId);
        return row !== undefined && mayEnd(actor, row.organization_id) ? row : undefined;
      },
      key: (found) => found.person_id,
      work: async (tx, found, stream) => {
        if (personId === actor.personId) return { kind: 'refused', problem: notOneself() };
        await tx.useScope({ kind: 'system', key: personId });
        if (!active) {
          await tx.query(endSessionsOfPerson, [personId]);
          await tx.query(endRecordsOfPerson, [personId]);
        }
        const changed = { ...found, active, version: stream.version + 1 };
        return {
          kind: 'done',
          body: toStandingView(changed),
          version: changed.version,
          events: [{ event: personChanged(changed), subject: `person/${personId}` }],
          rows: [{ table: personTable, rows: [{ ...changed }] }],
        };
      },
    });
  }
}

function notOneself(): GuardRefused {
  const detail = 'Nobody makes themselves inactive. Ask another administrator.';
  return new GuardRefused({ guard: 'notOneself', facts: {}, legalMoves: [], detail });
}
