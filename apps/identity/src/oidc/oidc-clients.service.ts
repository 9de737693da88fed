import { Inject, Injectable } from '@nestjs/common';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { DEPLOYMENT, type DeploymentConfig } from '#service';
import { sessionClientId, SessionClient } from '../relying-party/session-client.service.ts';
import { PersonQueries } from '../person/person.queries.ts';

/** The public client of people's own tools; the web application uses the one of its sessions. */
const webClientId = 'web';

/** Who may request tokens: a public client, our own sessions, and the system-clients for which there is a secret. */
@Injectable()
export class OidcClients {
  constructor(
    private readonly people: PersonQueries,
    private readonly sessions: SessionClient,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  /** In the form that the provider expects; clients exist only by configuration. */
  adapter(): Adapter {
    const never = (): Promise<never> => Promise.reject(new Error('clients are not made or unmade here'));
    return {
      find: (clientId) => this.byId(clientId),
      findByUid: () => Promise.resolve(undefined),
      findByUserCode: () => Promise.resolve(undefined),
      upsert: never,
      consume: never,
      destroy: never,
      revokeByGrantId: never,
    };
  }

  private async byId(clientId: string): Promise<AdapterPayload | undefined> {
    if (clientId === webClientId) return webClient(this.deployment.issuerUrl());
    if (clientId === sessionClientId) return sessionClient(this.sessions);
    const { clientSecrets } = this.deployment.secrets;
    const secret = Object.hasOwn(clientSecrets, clientId) ? clientSecrets[clientId] : undefined;
    if (secret === undefined || secret === '') return undefined;
    const row = await this.people.client(clientId);
    return row && systemClient(clientId, secret, row.scopes);
  }
}

/** A public client: a browser keeps no secret, so PKCE ties the code to the client that requested it. */
function webClient(address: string): AdapterPayload {
  return {
    client_id: webClientId,
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${address}/signed-in`, `${address}/`],
    post_logout_redirect_uris: [`${address}/`],
    scope: 'openid',
  };
}

/** Confidential: its tokens stay at the server, so a code is worth nothing without the secret and the verifier. */
function sessionClient({ credentials, returnAddresses }: SessionClient): AdapterPayload | undefined {
  return (
    credentials && {
      client_id: sessionClientId,
      client_secret: credentials.clientSecret,
      application_type: 'web',
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: [...returnAddresses],
      scope: 'openid',
    }
  );
}

function systemClient(clientId: string, secret: string, scopes: readonly string[]): AdapterPayload {
  return {
    client_id: clientId,
    client_secret: secret,
    // the provider accepts both the header and the form
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    // to the provider an empty list means every scope; this one allows nothing
    scope: scopes.length === 0 ? 'openid' : scopes.join(' '),
  };
}
