import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from '../stories/people.ts';

/** Sends these parts, and returns everything received until the other side ends the connection. */
async function send(deployment: TestDeployment, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = opened(deployment);
  for (const part of parts) socket.write(part);
  return textFrom(socket);
}

function opened(deployment: TestDeployment): Socket {
  const { hostname, port } = new URL(deployment.baseUrl);
  return connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
}

async function textFrom(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  await once(socket, 'close');
  return text;
}

const statusIn = (text: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);

const everyAnswerHas = [
  'x-content-type-options',
  'referrer-policy',
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'x-frame-options',
  'cache-control',
];

describe('the front door of a platform with an https address', () => {
  let deployment: TestDeployment;
  let token: string;

  beforeAll(async () => {
    // nothing answers at this address from here
    deployment = await openDeployment({ timers: false, publicUrl: 'https://referrals.invalid', requestsPerMinute: 60 });
    token = await new Person(deployment, 'dana.planner').signIn();
  });
  afterAll(() => deployment.close());

  it('serves signed-in people even if this machine cannot reach its public address [S14]', async () => {
    for (const path of ['/api/referrals/referrals', '/api/consent/consents?limit=1', '/api/coordination/board']) {
      const { status } = await fetch(`${deployment.baseUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect([path, status < 500]).toEqual([path, true]);
    }
    const discovery = await fetch(`${deployment.baseUrl}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({ issuer: 'https://referrals.invalid' });
  });

  it.each([
    ['a page', 'GET', '/'],
    ['a 404 of the door', 'GET', '/nothing.js'],
    ['a 404 of no service', 'GET', '/api/nobody'],
    ['a 404 of a method', 'POST', '/'],
    ['a 401', 'GET', '/api/referrals/referrals'],
    ['a 401 for a path that is none', 'GET', '/api/referrals/nothing/at/all'],
    ['an address that cannot be decoded', 'GET', '/api/referrals/%zz'],
    ['health', 'GET', '/health/live'],
    ['the routes', 'GET', '/docs-json'],
    ['metrics that are refused', 'GET', '/metrics'],
    ['discovery', 'GET', '/.well-known/openid-configuration'],
    ['the keys', 'GET', '/oidc/jwks'],
    ['a fault page of the issuer', 'GET', '/oidc/auth?client_id=nobody'],
    ['what the issuer cannot store', 'GET', '/oidc/auth?client_id=%00'],
    ['a path that the issuer has not', 'GET', '/oidc/nothing'],
    ['a token that the issuer refuses', 'POST', '/oidc/token'],
    ['a sign-in that is none', 'GET', '/oidc/sign-in/nothing'],
    ['a sign-out', 'GET', '/oidc/session/end'],
  ])('sends security headers with every answer: %s [S14]', async (_, method, path) => {
    const answer = await fetch(`${deployment.baseUrl}${path}`, { method, redirect: 'manual' });
    expect(answer.status).toBeLessThan(500);
    const missing = everyAnswerHas.filter((name) => !answer.headers.has(name));
    expect(missing).toEqual([]);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors');
    await answer.body?.cancel();
  });

  it.each([
    ['what is no HTTP', 'rubbish\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['another expectation', 'GET / HTTP/1.1\r\nhost: a\r\nexpect: gold\r\nconnection: close\r\n\r\n', 417],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
    ['a chunk that is none', 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 404],
  ])('sends them even for malformed requests: %s [S14]', async (_, text, status) => {
    const [asked = ''] = [text.replace('GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n')];
    const answer = (await send(deployment, asked)).toLowerCase();
    expect(statusIn(answer.toUpperCase())).toBe(status);
    expect(everyAnswerHas.filter((name) => !answer.includes(`\r\n${name}:`))).toEqual([]);
    expect(answer).toContain('strict-transport-security');
    expect(answer).toContain('"status":');
  });

  it('shows a page without a script to a person who signs out without being signed in [S14]', async () => {
    const page = await fetch(`${deployment.baseUrl}/oidc/session/end`);
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toContain('You are signed out.');
    expect(text).not.toContain('<script');
  });

  it('answers 408 to a body that stalls, and to one that arrives byte by byte [S6]', async () => {
    const head = (length: number): string =>
      `POST /api/consent/consents HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\n` +
      `idempotency-key: stalling1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
    const begun = performance.now();
    const answer = await send(deployment, head(100), '{"clientId":');
    expect(statusIn(answer)).toBe(408);
    expect(answer).toContain('urn:problem:too-slow');
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect(performance.now() - begun).toBeLessThan(20_000);
    const slow = opened(deployment);
    slow.write(head(100_000));
    const drip = setInterval(() => slow.write('{'), 500);
    expect(statusIn(await textFrom(slow))).toBe(408);
    clearInterval(drip);
  }, 60_000);

  it('cuts a client that never ends its headers [S6]', async () => {
    const begun = performance.now();
    const answer = await send(deployment, 'GET / HTTP/1.1\r\nhost: a\r\n');
    expect([0, 408]).toContain(statusIn(answer) || 0);
    expect(performance.now() - begun).toBeLessThan(30_000);
  }, 60_000);

  it('limits parallel large bodies per person, and still accepts those of others [S6]', async () => {
    const large = (login: string): string =>
      `POST /api/consent/consents HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${login}\r\nidempotency-key: stalling2\r\n` +
      `content-type: application/json\r\ncontent-length: 8000000\r\n\r\n`;
    const before = process.memoryUsage().rss;
    const sockets = Array.from({ length: 30 }, () => opened(deployment));
    const answers = sockets.map((socket) => {
      socket.write(large(token));
      socket.write(Buffer.alloc(1_000_000, ' '));
      return textFrom(socket);
    });
    const statuses = (await Promise.all(answers)).map(statusIn);
    const count = (status: number): number => statuses.filter((each) => each === status).length;
    expect(count(408)).toBeLessThanOrEqual(3);
    expect(count(429)).toBeGreaterThanOrEqual(20);
    process.stdout.write(`memory grew by ${Math.round((process.memoryUsage().rss - before) / 1e6)} MB\n`);
  }, 60_000);
});

describe('the limits of an installation', () => {
  let deployment: TestDeployment;
  beforeAll(async () => {
    deployment = await openDeployment({ timers: false, requestsPerMinute: 60 });
  });
  afterAll(() => deployment.close());

  const services = ['referrals', 'consent', 'directory', 'coordination', 'notifications', 'identity'];
  const statuses = async (count: number, path: (at: number) => string, token?: string): Promise<readonly number[]> => {
    const found: number[] = [];
    for (let at = 0; at < count; at += 1) {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const answer = await fetch(`${deployment.baseUrl}${path(at)}`, { headers });
      await answer.body?.cancel();
      found.push(answer.status);
    }
    return found;
  };
  const anyService = (at: number): string => `/api/${services[at % services.length]}/parked`;

  it('count invalid tokens by address over all services, then stop checking them; valid ones pass [S7]', async () => {
    const dana = await new Person(deployment, 'dana.planner').signIn();
    expect(await statuses(1, () => '/api/referrals/referrals', dana)).toEqual([200]);
    const found = await statuses(150, anyService, 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA');
    expect(found.filter((status) => status === 401)).toHaveLength(60);
    expect(found.filter((status) => status === 429)).toHaveLength(90);
    expect(await statuses(1, () => '/api/referrals/referrals', dana)).toEqual([200]);
  });

  it('are shared by all services for each person [S7]', async () => {
    const token = await new Person(deployment, 'olga.privacy').signIn();

    const found = await statuses(70, anyService, token);
    expect(found.filter((status) => status !== 429).length).toBeLessThanOrEqual(60);
    expect(found.at(-1)).toBe(429);
  });

  it('apply to documents too [S7]', async () => {
    const found = await statuses(80, (at) => ['/docs-json', '/asyncapi.json', '/docs'][at % 3] ?? '');
    expect(found.at(-1)).toBe(429);
  });
});

describe('metrics', () => {
  let deployment: TestDeployment;
  beforeAll(async () => {
    deployment = await openDeployment({ timers: false, metricsToken: 'a-token-for-prometheus' });
  });
  afterAll(() => deployment.close());

  it('are for operators, and for a program with the metrics token [S7]', async () => {
    const status = async (path: string, token?: string): Promise<number> =>
      (await fetch(`${deployment.baseUrl}${path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {}))
        .status;
    const tokenOf = (login: string): Promise<string> => new Person(deployment, login).signIn();
    for (const path of ['/metrics', '/api/referrals/metrics']) {
      expect(await status(path)).toBe(401);
      expect(await status(path, 'a-token-for-prometheuX')).toBe(401);
      expect(await status(path, await tokenOf('dana.planner'))).toBe(403);
      expect(await status(path, await tokenOf('pat.operator'))).toBe(200);
      expect(await status(path, 'a-token-for-prometheus')).toBe(200);
    }
  });
});
