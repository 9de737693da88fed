import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import * as oidc from 'openid-client';
import { TokenVerifier } from '#access';
import { riverCounty, seedOrganizationId, seedPeople } from '#contracts';
import { actorOf, listenForTests, testService, type TestService } from '#testing';
import { IdentityModule } from './identity.module.ts';
import { secretsForTests } from './testing/running-issuer.ts';

const secrets = secretsForTests();
const notFound =
  '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';

/** Identity verifies the tokens that it issues, so here it is called through its own port. */
let identity: TestService;
let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => identity.service.handle(request, response));
  base = await listenForTests(server);
  identity = await testService(IdentityModule, 'identity', { demo: true, secrets, issuerUrl: () => base });
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await identity?.close();
});

async function demoToken(login: string): Promise<string> {
  const answer = await identity.ask(null, { method: 'POST', path: 'demo-tokens', body: { login } });
  expect(answer.statusCode).toBe(200);
  return answer.json<{ access_token: string }>().access_token;
}

async function askAs(login: string, path: string): ReturnType<TestService['ask']> {
  return identity.ask(null, { path, headers: { authorization: `Bearer ${await demoToken(login)}` } });
}

async function verified(token: string): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(`${base}/oidc/jwks`));
  const currentDate = new Date(identity.clock.now());
  return (await jwtVerify(token, keys, { issuer: base, audience: 'platform', currentDate })).payload;
}

describe('a demo sign-in', () => {
  it('is offered for every seed person', async () => {
    const answer = await identity.ask(null, { path: 'demo-people' });
    const { items } = answer.json<{ items: { login: string }[] }>();
    expect(items.map((each) => each.login)).toEqual(seedPeople.map((each) => each.login).sort());
    expect(items.find((each) => each.login === 'dana.planner')).toEqual({
      login: 'dana.planner',
      displayName: 'Dana Planner',
      organizationId: seedOrganizationId('st-brigid'),
      roles: ['discharge-planner'],
    });
  });

  it('gives a token that the published keys verify, for 15 minutes', async () => {
    const token = await demoToken('ines.harbor');
    const payload = await verified(token);
    const now = Math.floor(Date.parse(identity.clock.now()) / 1000);
    expect(payload).toEqual({
      iss: base,
      aud: 'platform',
      sub: actorOf('ines.harbor').personId,
      org: seedOrganizationId('harbor-house'),
      net: riverCounty.networkId,
      roles: ['intake-worker'],
      scope: '',
      iat: now,
      exp: now + 900,
    });
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'JWT' });
  });

  it('says that people of the coordinating body oversee the network', async () => {
    expect((await verified(await demoToken('otto.privacy'))).scope).toBe('network');
    expect((await verified(await demoToken('olga.privacy'))).scope).toBe('');
  });

  it('is accepted by every service', async () => {
    const verifier = new TokenVerifier({ issuerUrl: () => base, clock: identity.clock });
    expect(await verifier.verify(await demoToken('cora.coordinator'))).toEqual({
      ...actorOf('cora.coordinator'),
      scopes: ['network'],
    });
  });

  it('with an unknown login lists the known ones', async () => {
    const answer = await identity.ask(null, { method: 'POST', path: 'demo-tokens', body: { login: 'nobody' } });
    expect(answer.statusCode).toBe(400);
    const { errors: faults } = answer.json<{ errors: { field: string; allowed: string[] }[] }>();
    expect(faults).toEqual([expect.objectContaining({ field: 'login' })]);
    expect(faults[0]?.allowed).toContain('dana.planner');
  });

  it('expires exactly after 15 minutes', async () => {
    const token = await demoToken('ines.harbor');
    identity.clock.advance({ minutes: 16 });
    await expect(verified(token)).rejects.toThrow(errors.JWTExpired);
    const answer = await identity.ask(null, { path: 'me', headers: { authorization: `Bearer ${token}` } });
    expect(answer.statusCode).toBe(401);
  });
});

describe('the issuer', () => {
  it('can be found through its discovery document', async () => {
    // whatever host was used for the request, it names the single address that its tokens contain
    for (const host of ['localhost', 'elsewhere.example']) {
      const answer = await identity.ask(null, { path: '/.well-known/openid-configuration', headers: { host } });
      expect(answer.json()).toMatchObject({
        issuer: base,
        jwks_uri: `${base}/oidc/jwks`,
        authorization_endpoint: `${base}/oidc/auth`,
        token_endpoint: `${base}/oidc/token`,
        grant_types_supported: expect.arrayContaining(['authorization_code', 'client_credentials']) as unknown,
        code_challenge_methods_supported: ['S256'],
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['ES256'],
      });
    }
  });

  it('answers an unknown path like every service', async () => {
    const answer = await identity.ask(null, { path: '/oidc/nothing' });
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      404,
      expect.stringContaining('application/problem+json'),
      notFound,
    ]);
    expect(answer.headers['x-correlation-id']).toBeDefined();
  });

  it('publishes no private key', async () => {
    const { keys } = (await identity.ask(null, { path: '/oidc/jwks' })).json<{ keys: object[] }>();
    expect(keys.map((each) => Object.keys(each).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']]);
  });

  it('has the same key after a restart', async () => {
    const token = await demoToken('ines.harbor');
    await identity.restart();
    expect((await verified(token)).sub).toBe(actorOf('ines.harbor').personId);
  });
});

describe('a system-client', () => {
  const basic = (id: string, secret: string): string =>
    `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
  const ask = (form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${base}/oidc/token`, { method: 'POST', body: new URLSearchParams(form), headers });
  const grant = { grant_type: 'client_credentials' };
  const secretOf = (id: string): string => secrets.clientSecrets[id] ?? '';

  it('gets a token for its secret, by the header or in the form', async () => {
    const answers = [
      await ask(grant, { authorization: basic('notifications', secretOf('notifications')) }),
      await ask({ ...grant, client_id: 'notifications', client_secret: secretOf('notifications') }),
    ];
    for (const answer of answers) {
      const body = (await answer.json()) as { access_token: string; token_type: string; expires_in: number };
      expect([answer.status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 900]);
      expect(await verified(body.access_token)).toMatchObject({
        sub: actorOf('notifications').personId,
        org: seedOrganizationId('river-council'),
        roles: ['system-client'],
        scope: 'contact:read log:read',
      });
    }
  });

  it('of the hospital has the hospital as its organization', async () => {
    const answer = await ask(grant, { authorization: basic('st-brigid-ehr', secretOf('st-brigid-ehr')) });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect(await verified(token)).toMatchObject({ org: seedOrganizationId('st-brigid'), scope: '' });
  });

  it.each([
    ['a wrong secret', grant, basic('referrals', 'wrong'), 401, 'invalid_client'],
    ['an unknown name', grant, basic('nobody', 'wrong'), 401, 'invalid_client'],
    ['a name that every object has', grant, basic('constructor', 'wrong'), 401, 'invalid_client'],
    ['nothing to say who it is', grant, undefined, 400, 'invalid_request'],
    [
      'another grant',
      { grant_type: 'password' },
      basic('referrals', secretOf('referrals')),
      400,
      'unsupported_grant_type',
    ],
    ['no grant', {}, basic('referrals', secretOf('referrals')), 400, 'invalid_request'],
  ])('with %s is refused', async (_, form, authorization, status, error) => {
    const answer = await ask(form, authorization === undefined ? {} : { authorization });
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ error })]);
  });

  it('can use a client library that knows only the address', async () => {
    const as = (id: string, secret: string): Promise<oidc.Configuration> =>
      oidc.discovery(new URL(base), id, undefined, oidc.ClientSecretBasic(secret), {
        execute: [oidc.allowInsecureRequests],
      });
    const answer = await oidc.clientCredentialsGrant(await as('referrals', secretOf('referrals')));
    expect((await verified(answer.access_token)).sub).toBe(actorOf('referrals').personId);
    await expect(oidc.clientCredentialsGrant(await as('referrals', 'wrong'))).rejects.toMatchObject({ status: 401 });
  });

  it('cannot sign a person in', async () => {
    const authorization = basic('referrals', secretOf('referrals'));
    const code = { grant_type: 'authorization_code', code: 'x', redirect_uri: `${base}/signed-in` };
    const answer = await ask(code, { authorization });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ error_description: 'requested grant type is not allowed for this client' }),
    ]);
  });

  it('is not given a scope that is not its own', async () => {
    const authorization = basic('referrals', secretOf('referrals'));
    const answer = await ask({ ...grant, scope: 'contact:read' }, { authorization });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error: 'invalid_scope' })]);
  });

  it('can read the e-mail address of a person if it has the scope', async () => {
    const { personId } = actorOf('ines.harbor');
    const contact = async (client: string): ReturnType<TestService['ask']> => {
      const answer = await ask(grant, { authorization: basic(client, secretOf(client)) });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      return identity.ask(null, {
        path: `people/${personId}/contact`,
        headers: { authorization: `Bearer ${token}` },
      });
    };
    expect((await contact('notifications')).json()).toEqual({
      email: 'ines.harbor@harbor-house.example',
      language: 'en',
    });
    expect((await contact('referrals')).statusCode).toBe(403);
    expect((await askAs('cora.coordinator', `people/${personId}/contact`)).statusCode).toBe(403);
  });

  it('can read who it is', async () => {
    const answer = await ask(grant, { authorization: basic('referrals', secretOf('referrals')) });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const me = await identity.ask(null, { path: 'me', headers: { authorization: `Bearer ${token}` } });
    expect(me.json()).toMatchObject({ displayName: 'referrals', roles: ['system-client'] });
  });
});

describe('people', () => {
  it('learn who they are', async () => {
    expect((await askAs('dana.planner', 'me')).json()).toEqual({
      personId: actorOf('dana.planner').personId,
      displayName: 'Dana Planner',
      organizationId: seedOrganizationId('st-brigid'),
      networkId: riverCounty.networkId,
      roles: ['discharge-planner'],
      language: 'en',
    });
  });

  it('see the people of their network by name, without an address', async () => {
    const answer = await askAs('dana.planner', `people?organizationId=${seedOrganizationId('harbor-house')}`);
    const { items } = answer.json<{ items: { displayName: string }[] }>();
    expect(items.map((each) => each.displayName)).toEqual(['Abel Harbor', 'Ines Harbor']);
    expect(answer.body).not.toContain('@');
  });

  it('go through a long list page by page', async () => {
    const first = (await askAs('dana.planner', 'people?limit=10')).json<{ items: object[]; next: string }>();
    const second = (await askAs('dana.planner', `people?limit=10&cursor=${first.next}`)).json<{
      items: object[];
      next: null;
    }>();
    expect([first.items.length, second.items.length, second.next]).toEqual([10, 6, null]);
  });
});

describe('outside demo mode', () => {
  let plain: TestService;
  beforeAll(async () => {
    plain = await testService(IdentityModule, 'identity', { demo: false, secrets, issuerUrl: () => base });
  });
  afterAll(() => plain?.close());

  it('there is no demo sign-in, whatever is sent', async () => {
    const answers = [
      await plain.ask(null, { path: 'demo-people' }),
      await plain.ask(null, { method: 'POST', path: 'demo-tokens', body: { login: 'dana.planner' } }),
      await plain.ask(null, { method: 'POST', path: 'demo-tokens', body: { other: 1 } }),
    ];
    expect(answers.map((each) => [each.statusCode, each.body])).toEqual(answers.map(() => [404, notFound]));
  });
});

describe('a platform without a signing key', () => {
  it('does not start', async () => {
    const without = { ...secrets, signingKey: null };
    await expect(testService(IdentityModule, 'identity', { secrets: without })).rejects.toThrow(/no signing key/);
  });
});
