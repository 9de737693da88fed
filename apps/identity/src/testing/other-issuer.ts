import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { Provider } from '../issuer/oidc-library.ts';
import { actorOf, listenForTests } from '#testing';

/** Any OpenID provider that is not ours, with people of its own who sign in without a page. */
export interface OtherIssuer {
  readonly url: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** What the last sign-in asked for. */
  readonly asked: () => Readonly<Record<string, unknown>>;
  /** Who signs in from now on, and which claims of their access tokens differ. */
  signsIn(login: string, claims?: Readonly<Record<string, unknown>>): void;
  /** From now on it answers every request with this status; undefined: as usual. */
  answers(status: number | undefined): void;
  close(): void;
}

const platform = 'https://platform.example';

/** Starts it. `returnAddresses`: those of our client, which is registered there. `clock`: dates its access tokens. */
export async function otherIssuer(returnAddresses: readonly string[], clock: { now(): string }): Promise<OtherIssuer> {
  const client = { id: 'referrals-web', secret: 'the secret of our client there' };
  let person = { login: 'ines.harbor', claims: {} as Readonly<Record<string, unknown>> };
  let asked: Readonly<Record<string, unknown>> = {};
  let failing: number | undefined;
  const handled = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (failing !== undefined) return void response.writeHead(failing).end();
    if (request.url?.startsWith('/interaction/') !== true) return provider.callback()(request, response);
    asked = (await provider.interactionDetails(request, response)).params;
    const { personId: accountId } = actorOf(person.login);
    await provider.interactionFinished(request, response, { login: { accountId } }, { mergeWithLastSubmission: false });
  };
  const server = createServer((request, response) => void handled(request, response));
  const url = await listenForTests(server);
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'other', alg: 'ES256', use: 'sig' };
  const provider = new Provider(url, {
    adapter: memory(),
    jwks: { keys: [key] },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [...returnAddresses],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientAuthMethods: ['client_secret_post'],
    cookies: { keys: ['a cookie key of the other issuer'] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => platform,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience: 'platform',
          scope: 'openid',
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt: (_ctx, token, jwt) => {
          const { login, claims } = person;
          const { organizationId: org, networkId: net, roles } = actorOf(login);
          const iat = Math.floor(Date.parse(clock.now()) / 1000);
          if (token.kind === 'AccessToken')
            Object.assign(jwt.payload, { org, net, roles, scope: '', iat, exp: iat + 300, ...claims });
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: client.id,
        ...(oidc.account === undefined ? {} : { accountId: oidc.account.accountId }),
      });
      grant.addOIDCScope('openid offline_access');
      grant.addResourceScope(platform, 'openid');
      await grant.save();
      return grant;
    },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: { AccessToken: 300, RefreshToken: 86_400, Session: 86_400, Grant: 86_400, Interaction: 600, IdToken: 300 },
  });
  return {
    url,
    client,
    asked: () => asked,
    signsIn: (login, claims = {}) => void (person = { login, claims }),
    answers: (status) => void (failing = status),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Keeps everything until the issuer ends. */
function memory(): (kind: string) => Adapter {
  const kept = new Map<string, AdapterPayload>();
  const entries = (kind: string): readonly (readonly [string, AdapterPayload])[] =>
    [...kept].filter(([key]) => key.startsWith(`${kind} `));
  return (kind) => ({
    upsert: async (id, payload) => void kept.set(`${kind} ${id}`, payload),
    find: async (id) => kept.get(`${kind} ${id}`),
    findByUid: async (uid) => entries(kind).find(([, payload]) => payload.uid === uid)?.[1],
    findByUserCode: async () => undefined,
    consume: async (id) => void Object.assign(kept.get(`${kind} ${id}`) ?? {}, { consumed: 1 }),
    destroy: async (id) => void kept.delete(`${kind} ${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, payload] of entries(kind)) if (payload.grantId === grantId) kept.delete(key);
    },
  });
}
