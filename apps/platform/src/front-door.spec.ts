import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { closeDoor, frontDoor } from './front-door.ts';
import type { Handler } from './front-door.ts';
import { listenOn, PortTaken } from './ports.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const anywhere = (): number => 10_000 + Math.floor(Math.random() * 20_000);

async function listening(
  server: Server,
  port = anywhere(),
  taken: (port: number) => void = () => undefined,
): Promise<number> {
  servers.push(server);
  return listenOn(server, { host: '127.0.0.1', port, mayMove: true, taken });
}

const echo =
  (name: string): Handler =>
  (request, response) =>
    void response.end(`${name} ${request.method} ${request.url}`);

describe('the HTTP server in front of all services', () => {
  const known: Record<string, Handler | undefined> = {
    referrals: echo('referrals'),
    identity: echo('identity'),
  };
  const open = async (): Promise<(path: string, init?: RequestInit) => Promise<Response>> => {
    const door = frontDoor({
      service: (name) => (name === 'consent' ? undefined : (known[name] ?? 'unknown')),
      page: ({ url }) => (url?.split('?')[0] === '/' ? echo('page') : undefined),
    });
    const port = await listening(door);
    return (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init);
  };

  it.each([
    ['/api/referrals/tasks/1?after=x', 'referrals GET /api/referrals/tasks/1?after=x'],
    ['/oidc/token', 'identity GET /oidc/token'],
    ['/.well-known/openid-configuration', 'identity GET /.well-known/openid-configuration'],
    ['/', 'page GET /'],
    ['/?a=1', 'page GET /?a=1'],
  ])('forwards %s with an unchanged path', async (path, seen) => {
    expect(await (await (await open())(path)).text()).toBe(seen);
  });

  it.each(['/api/nobody/things', '/api', '/nothing', '/api/referralsX'])(
    'answers %s with the single 404 of the platform',
    async (path) => {
      const answer = await (await open())(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(await answer.text()).toBe(
        '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}',
      );
    },
  );

  it('keeps the correlation id of the caller', async () => {
    const id = '0190a0c0-0000-7000-8000-000000000001';
    const answer = await (await open())('/nothing', { headers: { 'x-correlation-id': id.toUpperCase() } });
    expect(answer.headers.get('x-correlation-id')).toBe(id);
  });

  it('answers with Retry-After while a service starts', async () => {
    const answer = await (await open())('/api/consent/consents');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  });

  it('answers GET and HEAD only for its pages', async () => {
    expect((await (await open())('/', { method: 'POST', body: 'x' })).status).toBe(404);
  });

  it('lets running answers end before it closes, and accepts nothing new', async () => {
    let answer = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      known.referrals = (_request, response) => {
        answer = () => void response.end('at last');
        resolve();
      };
    });
    const door = frontDoor({ service: (name) => known[name] ?? 'unknown', page: () => undefined });
    const port = await listening(door);
    const waiting = fetch(`http://127.0.0.1:${port}/api/referrals/x`);
    await begun;
    const closed = closeDoor(door, () => Promise.resolve());
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    answer();
    expect(await (await waiting).text()).toBe('at last');
    await closed;
  });
});

describe('a port', () => {
  it('that is taken is named, and the next free one is used', async () => {
    const port = await listening(createServer());
    const tried: number[] = [];
    const next = await listening(createServer(), port, (each) => tried.push(each));
    expect(tried).toEqual([port]);
    expect(next).toBe(port + 1);
  });

  it('that is taken and cannot change ends the start', async () => {
    const port = await listening(createServer());
    const stuck = listenOn(createServer(), { host: '127.0.0.1', port, mayMove: false, taken: () => undefined });
    await expect(stuck).rejects.toThrow(new PortTaken(port));
  });
});
