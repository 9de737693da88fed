import { Inject, Injectable } from '@nestjs/common';
import { HOUSE, type Answer, type HouseConfig } from '#service';
import type { SystemClientRow } from '../person/person.entity.ts';
import { PersonQueries } from '../person/person.queries.ts';
import { credentialsOf, isSecret } from './client-credentials.ts';
import { Issuer } from './issuer.service.ts';

type TokenError = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope';

/** The client-credentials grant (RFC 6749 §4.4): programs with a secret of the house's. */
@Injectable()
export class TokenRequests {
  constructor(
    private readonly issuer: Issuer,
    private readonly people: PersonQueries,
    @Inject(HOUSE) private readonly house: HouseConfig,
  ) {}

  /** Errors are answered in OAuth's own words, which every OIDC client reads (RFC 6749 §5.2). */
  async answer(authorization: string | undefined, form: Readonly<Record<string, unknown>>): Promise<Answer> {
    const { grant_type: grant, scope } = form;
    if (typeof grant !== 'string') return refused('invalid_request');
    if (grant !== 'client_credentials') return refused('unsupported_grant_type');
    const client = await this.authenticated(authorization, form);
    if (client === undefined) return refused('invalid_client');
    const asked = typeof scope === 'string' ? scope.split(' ').filter((each) => each !== '') : client.scopes;
    if (!asked.every((each) => client.scopes.includes(each))) return refused('invalid_scope');
    const token = await this.issuer.issue({
      personId: client.person_id,
      organizationId: client.organization_id,
      networkId: client.network_id,
      roles: ['system-client'],
      scopes: asked,
    });
    return { status: 200, body: token };
  }

  private async authenticated(
    authorization: string | undefined,
    form: Readonly<Record<string, unknown>>,
  ): Promise<SystemClientRow | undefined> {
    const given = credentialsOf(authorization, form);
    if (given === undefined) return undefined;
    const secrets = this.house.secrets.clientSecrets;
    const kept = Object.hasOwn(secrets, given.clientId) ? secrets[given.clientId] : undefined;
    return isSecret(given.clientSecret, kept) ? this.people.client(given.clientId) : undefined;
  }
}

function refused(error: TokenError): Answer {
  if (error !== 'invalid_client') return { status: 400, body: { error } };
  return { status: 401, body: { error }, headers: { 'WWW-Authenticate': 'Basic realm="oidc"' } };
}
