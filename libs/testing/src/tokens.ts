import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { actorOf } from './actors.ts';

/** How a token may differ from a valid one. */
export interface TokenChanges {
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds since 1970. */
  readonly issuedAt?: number;
  /** Seconds after `issuedAt`; 900 as in contract.md §6.3. */
  readonly lifetime?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/**
 * A test issuer with its own key. It answers discovery and key set over HTTP, and gives a token to every system-client
 * that asks, whatever its secret.
 */
export interface TestTokens {
  readonly issuerUrl: string;
  readonly jwks: JSONWebKeySet;
  tokenFor(login: string, changes?: TokenChanges): Promise<string>;
  close(): Promise<void>;
}

const KEY_ID = 'tests';

/** Starts the issuer. `now` is the clock for the tokens (seconds since 1970); by default the machine's. */
export async function testTokens(now: () => number = () => Math.floor(Date.now() / 1000)): Promise<TestTokens> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'ES256', use: 'sig' }] };
  const server = createServer((request, response) => {
    const answer = (body: unknown): void =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url?.endsWith('/jwks') === true) return answer(jwks);
    if (request.url?.endsWith('/token') !== true)
      return answer({ issuer: issuerUrl, jwks_uri: `${issuerUrl}/jwks`, token_endpoint: `${issuerUrl}/token` });
    void tokenFor(clientOf(request)).then((token) => answer({ access_token: token, expires_in: 900 }));
  });
  const issuerUrl = await listenForTests(server);
  server.unref();
  const tokenFor: TestTokens['tokenFor'] = (login, changes = {}) => {
    const actor = actorOf(login);
    const issuedAt = changes.issuedAt ?? now();
    const claims = {
      org: actor.organizationId,
      net: actor.networkId,
      roles: actor.roles,
      scope: actor.scopes.join(' '),
    };
    return new SignJWT({ ...claims, ...changes.claims })
      .setProtectedHeader({ alg: 'ES256', kid: KEY_ID, typ: 'JWT' })
      .setSubject(actor.personId)
      .setIssuer(changes.issuer ?? issuerUrl)
      .setAudience(changes.audience ?? 'platform')
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + (changes.lifetime ?? 900))
      .sign(privateKey);
  };
  return {
    issuerUrl,
    jwks,
    tokenFor,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function clientOf({ headers }: IncomingMessage): string {
  const basic = headers.authorization?.replace('Basic ', '') ?? '';
  return Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? '';
}

/** Listens below 32768, where outgoing connections do not take ports (traps.md 54b); returns the address. */
export async function listenForTests(server: Server): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    if (await listensAt(server, port)) return `http://127.0.0.1:${port}`;
  }
  throw new Error('no free port for a server of tests');
}

function listensAt(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = (): void => resolve(false);
    server.once('error', refused);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refused);
      resolve(true);
    });
  });
}
