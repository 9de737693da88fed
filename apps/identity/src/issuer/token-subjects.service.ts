import { Inject, Injectable } from '@nestjs/common';
import { DEPLOYMENT, type DeploymentConfig } from '#service';
import type { PersonRow } from '../person/person.entity.ts';
import { PersonQueries } from '../person/person.queries.ts';
import type { TokenSubject } from './access-token.ts';

/** To whom tokens may be issued, from the current rows: a revoked role is not in the next token. */
@Injectable()
export class TokenSubjects {
  constructor(
    private readonly people: PersonQueries,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  /** Undefined outside demo mode: no person here has a password, so nobody has proved who they are (contract.md §6.1). */
  async ofPerson(personId: string): Promise<TokenSubject | undefined> {
    if (!this.deployment.demo) return undefined;
    const row = await this.people.byId(personId);
    return row && subjectOf(row);
  }

  async ofClient(clientId: string): Promise<TokenSubject | undefined> {
    const row = await this.people.client(clientId);
    return row && subjectOf({ ...row, roles: ['system-client'] });
  }
}

export function subjectOf(
  row: Pick<PersonRow, 'person_id' | 'organization_id' | 'network_id' | 'roles' | 'scopes'>,
): TokenSubject {
  return {
    personId: row.person_id,
    organizationId: row.organization_id,
    networkId: row.network_id,
    roles: row.roles,
    scopes: row.scopes,
  };
}
