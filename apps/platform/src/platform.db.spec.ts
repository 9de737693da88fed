import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedTransport } from '#events';
import type { Transport } from '#events';
import { makeSecrets, ServiceModule, systemClientIds } from '#service';
import type { DeploymentConfig } from '#service';
import { databaseWith, testPasswords } from '#testing';
import { DirectoryModule } from '../../directory/src/directory.module.ts';
import { IdentityModule } from '../../identity/src/identity.module.ts';
import { startPlatform } from './platform.ts';
import type { NamedService, RunningPlatform } from './platform.ts';

const two: readonly NamedService[] = [
  { name: 'identity', module: IdentityModule },
  { name: 'directory', module: DirectoryModule },
];

@ServiceModule({
  name: 'directory',
  migrations: [],
  seed: () => Promise.reject(new Error('its seed is lost')),
})
class BrokenModule {}

describe('the platform', () => {
  let database: Awaited<ReturnType<typeof databaseWith>>;
  let transport: Transport;
  let platform: RunningPlatform;
  const webFolder = mkdtempSync(join(tmpdir(), 'web-'));

  const deploymentAt = (address: string): DeploymentConfig => {
    const names = two.map(({ name }) => name);
    return {
      adminUrl: database.adminUrl,
      transport,
      issuerUrl: () => address,
      peersUrl: () => address,
      secrets: {
        ...makeSecrets(names, systemClientIds),
        rolePasswords: Object.fromEntries(names.map((name) => [name, testPasswords])),
      },
      demo: true,
      logLevel: 'silent',
      timers: true,
    };
  };
  const startWith = (services: readonly NamedService[]): Promise<RunningPlatform> =>
    startPlatform({
      services,
      deployment: deploymentAt,
      listening: {
        host: '127.0.0.1',
        port: 10_000 + Math.floor(Math.random() * 20_000),
        mayMove: true,
        taken: () => undefined,
      },
      demo: true,
      webFolder,
    });
  const get = (path: string): Promise<Response> => fetch(`${platform.address}${path}`);

  beforeAll(async () => {
    writeFileSync(join(webFolder, 'index.html'), '<!doctype html><div id="app"></div>');
    database = await databaseWith(...two.map(({ module }) => module));
    transport = embeddedTransport({ adminUrl: database.adminUrl });
    platform = await startWith(two);
  });
  afterAll(async () => {
    await platform.close();
    await transport.close();
    await database.drop();
    rmSync(webFolder, { recursive: true });
  });

  it('answers for its services behind one port, each path from its own service', async () => {
    const people = (await (await get('/api/identity/demo-people')).json()) as { items: readonly unknown[] };
    expect(people.items).toHaveLength(17);
    expect((await get('/api/directory/organizations')).status).toBe(401);
    const discovery = (await (await get('/.well-known/openid-configuration')).json()) as { issuer: string };
    expect(discovery.issuer).toBe(platform.address);
  });

  it('is ready when all its services are, and has the metrics of all of them in one text', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'live' });
    const answer = await get('/health/ready');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      status: 'ready',
      missing: [],
      services: { identity: { status: 'ready' }, directory: { status: 'ready' } },
    });
    const signIn = await fetch(`${platform.address}/api/identity/demo-tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'pat.operator' }),
    });
    const { access_token: token } = (await signIn.json()) as { access_token: string };
    const answered = await fetch(`${platform.address}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const text = await answered.text();
    expect(text.match(/^# TYPE relay_lag_seconds gauge$/gm)).toHaveLength(1);
    expect(text).toContain('relay_lag_seconds{service="identity"}');
    expect(text).toContain('relay_lag_seconds{service="directory"}');
  });

  it.each([
    ['/', 'text/html', 'id="app"'],
    ['/platform', 'text/html', 'Look through somebody'],
    ['/platform/page.js', 'text/javascript', 'demo-people'],
    ['/docs', 'text/html', '/docs/page.js'],
    ['/docs/page.js', 'text/javascript', '/api/directory/openapi.json'],
    ['/docs/swagger-ui.css', 'text/css', '.swagger-ui'],
    ['/docs-json', 'application/json', '/api/directory/organizations'],
    ['/asyncapi.json', 'application/json', 'urn:schema:referral.task.received:1'],
  ])('shows %s', async (path, type, words) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    expect(await answer.text()).toContain(words);
  });

  it.each(['/api/nobody', '/health/nobody', '/docs/nothing.js', '/favicon.ico', '/referrals/of/today'])(
    'shows no page at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('gives each service a document of its routes, for its page of all routes', async () => {
    for (const { name } of two) {
      const { paths } = (await (await get(`/api/${name}/openapi.json`)).json()) as { paths: object };
      expect(Object.keys(paths).every((path) => path.startsWith('/'))).toBe(true);
      expect(Object.keys(paths).length).toBeGreaterThan(2);
    }
  });

  it('names the service that cannot start and why, and leaves nothing running', async () => {
    const broken = [{ name: 'directory', module: BrokenModule }, ...two.slice(0, 1)];
    await expect(startWith(broken)).rejects.toThrow('directory did not start: its seed is lost');
  });
});
