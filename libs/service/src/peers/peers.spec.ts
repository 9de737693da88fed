import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '#testing';
import { PeerRefused, Peers, PeerUnavailable } from './peers.ts';

/** Services outside this process: an issuer that gives tokens, and a peer that answers as the test says. */
let server: Server;
let url = '';
let tokens = 0;
let asked: { path: string; authorization: string | undefined; body: string }[] = [];
let answers: ((response: ServerResponse) => void)[] = [];
const clock = new FakeClock();
const json = (status: number, body: unknown) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) =>
    server.listen(10_000 + Math.floor(Math.random() * 10_000), '127.0.0.1', resolve),
  );
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => void server.close(resolve)));
beforeEach(() => {
  tokens = 0;
  asked = [];
  answers = [];
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const path = request.url ?? '';
  if (path.endsWith('openid-configuration')) return json(200, { token_endpoint: `${url}/oidc/token` })(response);
  asked.push({ path, authorization: request.headers.authorization, body });
  if (path !== '/oidc/token') return (answers.shift() ?? json(200, { ok: true }))(response);
  tokens += 1;
  json(200, { access_token: `token-${tokens}`, expires_in: 900 })(response);
}

const peers = (): Peers =>
  new Peers({ clientId: 'referrals', clientSecret: 'a secret:%', issuerUrl: () => url, peersUrl: () => url, clock });

describe('A call to another service', () => {
  it('uses a token of this service, requested with its client id and secret', async () => {
    expect(await peers().post('/api/directory/candidates', { need: 'housing' })).toEqual({ ok: true });
    expect(asked).toEqual([
      {
        path: '/oidc/token',
        authorization: `Basic ${Buffer.from('referrals:a%20secret%3A%25').toString('base64')}`,
        body: 'grant_type=client_credentials',
      },
      { path: '/api/directory/candidates', authorization: 'Bearer token-1', body: '{"need":"housing"}' },
    ]);
  });

  it('uses the token while it is valid, and requests the next one in time', async () => {
    const caller = peers();
    await caller.get('/a');
    clock.advance({ minutes: 13 });
    await caller.get('/b');
    expect(tokens).toBe(1);
    clock.advance({ minutes: 2 });
    await caller.get('/c');
    expect(tokens).toBe(2);
  });

  it('retries once with a new token if the peer rejects the old one', async () => {
    const caller = peers();
    await caller.get('/a');
    answers = [json(401, {}), json(200, { ok: 'again' })];
    expect(await caller.get('/b')).toEqual({ ok: 'again' });
    expect(asked.at(-1)?.authorization).toBe('Bearer token-2');
    answers = [json(401, {}), json(401, { type: 'urn:problem:unauthenticated' })];
    await expect(caller.get('/c')).rejects.toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('that is refused reports the code and is not retried', async () => {
    answers = [json(403, { type: 'urn:problem:role' })];
    const refused = peers().get('/a');
    await expect(refused).rejects.toBeInstanceOf(PeerRefused);
    await expect(refused).rejects.toMatchObject({ status: 403, code: 'role' });
  });

  it.each([
    ['a fault of its own', json(500, {})],
    ['that it is not available', json(503, {})],
    ['that it is asked too much', json(429, {})],
    ['half an answer', (response: ServerResponse) => void response.writeHead(200).end('{"ok":')],
    ['nothing', (response: ServerResponse) => void response.destroy()],
  ])('to a peer that answers with %s may be tried again later', async (_, given) => {
    answers = [given];
    await expect(peers().get('/a')).rejects.toBeInstanceOf(PeerUnavailable);
  });

  it('to a peer that is down may be tried again later', async () => {
    const nobody = new Peers({
      clientId: 'referrals',
      clientSecret: 'x',
      issuerUrl: () => 'http://127.0.0.1:9',
      peersUrl: () => url,
      clock,
    });
    await expect(nobody.get('/a')).rejects.toBeInstanceOf(PeerUnavailable);
  });

  it('of a service without a secret fails before anything is sent', async () => {
    const without = new Peers({
      clientId: 'coordination',
      clientSecret: undefined,
      issuerUrl: () => url,
      peersUrl: () => url,
      clock,
    });
    await expect(without.get('/a')).rejects.toThrow('coordination has no secret');
    expect(asked).toEqual([]);
  });
});
