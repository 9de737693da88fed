import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import type { Secrets } from '#service';
import { makeSecrets } from '#service';
import { listenForTests, testService, testTokens, type TestService, type TestTokens } from '#testing';
import { IdentityModule } from '../identity.module.ts';
import { runningIssuer, secretsForTests, type RunningIssuer } from '../testing/running-issuer.ts';
import { WebApplication } from '../testing/web-application.ts';
import { signInsPerMinute } from './sign-in-limit.ts';

const notFound =
  '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';

type Changing<T> = { -readonly [Name in keyof T]: T[Name] };

function meOf(identity: TestService, token: string): ReturnType<TestService['ask']> {
  return identity.ask(null, { path: 'me', headers: { authorization: `Bearer ${token}` } });
}

async function demoToken(identity: TestService): Promise<string> {
  const answer = await identity.ask(null, { method: 'POST', path: 'demo-tokens', body: { login: 'ines.harbor' } });
  return answer.json<{ access_token: string }>().access_token;
}

describe('a rotation of the signing key', () => {
  const secrets: Changing<Secrets> = secretsForTests();
  let issuer: RunningIssuer;
  beforeAll(async () => {
    issuer = await runningIssuer({ secrets });
  });
  afterAll(() => issuer?.close());

  const rotate = async (): Promise<void> => {
    secrets.previousSigningKey = secrets.signingKey;
    secrets.signingKey = makeSecrets([], []).signingKey;
    await issuer.identity.restart();
  };
  const published = async (): Promise<readonly string[]> => {
    const { keys } = (await issuer.identity.ask(null, { path: '/oidc/jwks' })).json<{ keys: { kid: string }[] }>();
    return keys.map((each) => each.kid);
  };
  const keyOf = (token: string): string => decodeProtectedHeader(token).kid ?? '';

  it('keeps tokens of the previous key valid until they expire, and signs with the new one', async () => {
    const before = await demoToken(issuer.identity);
    await rotate();
    const web = await WebApplication.at(issuer.base);
    const { access_token: after } = await web.exchange(await web.signIn('ines.harbor'));
    expect(await published()).toEqual([keyOf(after), keyOf(before)]);
    expect(keyOf(await demoToken(issuer.identity))).toBe(keyOf(after));
    expect((await meOf(issuer.identity, before)).statusCode).toBe(200);
    expect((await meOf(issuer.identity, after)).statusCode).toBe(200);
    issuer.clock.advance({ minutes: 16 });
    expect((await meOf(issuer.identity, before)).statusCode).toBe(401);
  });

  it('ends the key before the previous one', async () => {
    const first = await demoToken(issuer.identity);
    await rotate();
    await rotate();
    expect(await published()).not.toContain(keyOf(first));
    expect((await meOf(issuer.identity, first)).statusCode).toBe(401);
  });

  it('keeps people signed in', async () => {
    const web = await WebApplication.at(issuer.base);
    const { refresh_token: refreshToken } = await web.exchange(await web.signIn('ines.harbor'));
    await rotate();
    const again = await WebApplication.at(issuer.base);
    expect(keyOf((await again.refresh(refreshToken)).access_token)).toBe((await published())[0]);
  });
});

describe('with demo mode switched off', () => {
  let issuer: RunningIssuer;
  let web: WebApplication;
  let refreshToken: string | undefined;
  beforeAll(async () => {
    issuer = await runningIssuer();
    web = await WebApplication.at(issuer.base);
    refreshToken = (await web.exchange(await web.signIn('ines.harbor'))).refresh_token;
    (issuer.identity.deployment as Changing<typeof issuer.identity.deployment>).demo = false;
    await issuer.identity.restart();
  });
  afterAll(() => issuer?.close());

  it('the page says where to sign in, and lists nobody', async () => {
    const { seen } = await (await WebApplication.at(issuer.base)).begin();
    expect(seen.status).toBe(200);
    expect(seen.text).toContain('Sign-in is by your organization’s own issuer');
    expect(seen.text).not.toMatch(/name="login"|Ines/);
  });

  it('nobody signs in, whatever is sent', async () => {
    const { seen } = await (await WebApplication.at(issuer.base)).signIn('ines.harbor');
    expect([seen.status, seen.url.pathname]).toEqual([403, expect.stringMatching(/^\/oidc\/sign-in\//)]);
  });

  it('people who were signed in are signed out', async () => {
    await expect(web.refresh(refreshToken)).rejects.toMatchObject({ error: 'invalid_grant' });
    const { seen } = await web.begin({ prompt: 'none' });
    expect(seen.url.searchParams.get('error')).toBe('login_required');
  });
});

describe('sign-in from one address', () => {
  it('is limited', async () => {
    const issuer = await runningIssuer({ requestsPerMinute: 12_000 });
    try {
      const ask = (): ReturnType<TestService['ask']> => issuer.identity.ask(null, { path: '/oidc/sign-in/x' });
      for (let times = 0; times < signInsPerMinute; times += 1) expect((await ask()).statusCode).toBe(400);
      const refused = await ask();
      expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, expect.any(String)]);
      const begun = await issuer.identity.ask(null, { path: '/oidc/auth' });
      expect(begun.statusCode).toBe(400);
    } finally {
      await issuer.close();
    }
  });
});

describe('behind a proxy that speaks TLS', () => {
  it('the issuer uses its own address, and its cookies are sent only there', async () => {
    const issuer = await runningIssuer({ issuerUrl: () => 'https://platform.example' });
    try {
      const discovery = await issuer.identity.ask(null, { path: '/.well-known/openid-configuration' });
      expect(discovery.json()).toMatchObject({
        issuer: 'https://platform.example',
        authorization_endpoint: 'https://platform.example/oidc/auth',
      });
      const asked = new URLSearchParams({
        client_id: 'web',
        response_type: 'code',
        scope: 'openid',
        redirect_uri: 'https://platform.example/signed-in',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      });
      const begun = await issuer.identity.ask(null, { path: `/oidc/auth?${asked}` });
      expect([begun.statusCode, begun.headers.location]).toEqual([303, expect.stringMatching(/^\/oidc\/sign-in\//)]);
      const cookies = [begun.headers['set-cookie'] ?? []].flat();
      expect(cookies.length).toBeGreaterThan(0);
      for (const cookie of cookies) expect(cookie).toMatch(/(?=.*; secure)(?=.*; httponly)(?=.*; samesite=lax)/i);
      expect(cookies.some((each) => each.includes('.sig='))).toBe(true);
    } finally {
      await issuer.close();
    }
  });
});

describe('with another issuer', () => {
  let other: TestTokens;
  let front: Server;
  let otherUrl: string;
  let identity: TestService;
  beforeAll(async () => {
    other = await testTokens();
    // its keys are at a separate address, which only its discovery document names
    front = createServer((request, response) => {
      const isDiscovery = request.url === '/.well-known/openid-configuration';
      const body = isDiscovery ? { issuer: otherUrl, jwks_uri: `${other.issuerUrl}/jwks` } : {};
      response.writeHead(isDiscovery ? 200 : 404).end(JSON.stringify(body));
    });
    otherUrl = await listenForTests(front);
    identity = await testService(IdentityModule, 'identity', {
      demo: true,
      secrets: secretsForTests(),
      issuerUrl: () => otherUrl,
      environment: { EMBEDDED_ISSUER: '0' },
    });
  });
  afterAll(async () => {
    front?.close();
    await identity?.close();
    await other?.close();
  });

  it('its tokens are accepted, with the keys that its discovery document names', async () => {
    const now = Math.floor(Date.parse(identity.clock.now()) / 1000);
    const token = await other.tokenFor('ines.harbor', { issuer: otherUrl, issuedAt: now });
    expect((await meOf(identity, token)).json()).toMatchObject({ displayName: 'Ines Harbor' });
  });

  it('a token of our own issuer is refused', async () => {
    expect((await meOf(identity, await demoToken(identity))).statusCode).toBe(401);
  });

  it.each(['/.well-known/openid-configuration', '/oidc/jwks', '/oidc/auth', '/oidc/sign-in/x'])(
    'there is no %s here',
    async (path) => {
      const answer = await identity.ask(null, { path });
      expect([answer.statusCode, answer.body]).toEqual([404, notFound]);
    },
  );
});
