import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cable, testCluster, testService, type TestRequest, type TestService } from '#testing';
import type { LightMyRequestResponse as Response } from 'fastify';
import { withClient } from '#persistence';
import type { RunningService } from '../shell/running-service.ts';
import { startService } from '../shell/start-service.ts';
import { NotesModule } from '../testing/notes.ts';

let notes: TestService;
let service: RunningService;
const cable = new Cable(new URL(testCluster().adminUrl));

// the service reaches its database through the cable; the event transport and the test itself do not
beforeAll(async () => {
  await cable.plugIn();
  notes = await testService(NotesModule, 'notes');
  await notes.service.close();
  const adminUrl = new URL(cable.url);
  adminUrl.pathname = new URL(notes.deployment.adminUrl).pathname;
  service = await startService(NotesModule, { ...notes.deployment, adminUrl: adminUrl.href });
  await service.settle();
});
afterAll(async () => {
  await service.close();
  await notes.close();
  await cable.pullOut();
});

async function ask(login: string | null, { method = 'GET', path, body, headers }: TestRequest): Promise<Response> {
  const token = login === null ? {} : { authorization: `Bearer ${await notes.tokens.tokenFor(login)}` };
  return service.app.inject({
    method,
    url: path.startsWith('/') ? path : `/api/notes/${path}`,
    headers: { ...token, ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
}

const ready = (path = 'health/ready'): Promise<Response> => ask(null, { path });
const write = (headers = { 'idempotency-key': randomUUID() }): Promise<Response> =>
  ask('ines.harbor', { method: 'POST', path: 'notes', body: { title: 'x' }, headers });

describe('Health', () => {
  it('is open to everybody, under the path of the service and, for one in its own process, at the root', async () => {
    for (const path of ['health/ready', '/health/ready']) {
      const answer = await ready(path);
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({ status: 'ready', service: 'notes' });
    }
    expect((await ready('health/live')).json()).toEqual({ status: 'live', service: 'notes' });
  });

  it('names each dependency', async () => {
    expect(Object.keys((await ready()).json().checks)).toEqual(['database', 'migrations', 'transport', 'relay']);
  });

  it('names the migration that has not run', async () => {
    const name = 'NoteTables1764000000001';
    await withClient(notes.deployment.adminUrl, (client) =>
      client.query('update notes.migration set name = $1 where name = $2', ['Other1', name]),
    );
    const answer = await ready();
    expect(answer.statusCode).toBe(503);
    expect(answer.json().checks.migrations).toEqual({ ready: false, detail: `not run: ${name}` });
    await withClient(notes.deployment.adminUrl, (client) =>
      client.query('update notes.migration set name = $1 where name = $2', [name, 'Other1']),
    );
  });
});

describe('While the database is unavailable', () => {
  const idempotencyKey = randomUUID();
  beforeAll(() => cable.pullOut());

  it('the service is alive, not ready, and says what is missing without an address', async () => {
    expect((await ready('health/live')).statusCode).toBe(200);
    const answer = await ready();
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ status: 'not-ready', checks: { database: { ready: false } } });
    expect(answer.body).not.toContain('127.0.0.1');
  });

  it('commands and reads are answered 503 with Retry-After', async () => {
    for (const answer of [
      await write({ 'idempotency-key': idempotencyKey }),
      await ask('ines.harbor', { path: 'notes' }),
    ]) {
      expect(answer.statusCode).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(answer.json()).toMatchObject({ type: 'urn:problem:unavailable' });
    }
  });

  it('once it is back the same command succeeds, and the service becomes ready by itself', async () => {
    await cable.plugIn();
    let answer = await write({ 'idempotency-key': idempotencyKey });
    for (let tries = 0; tries < 50 && answer.statusCode === 503; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      answer = await write({ 'idempotency-key': idempotencyKey });
    }
    expect(answer.statusCode).toBe(201);
    await service.settle();
    expect((await ready()).json()).toMatchObject({ status: 'ready' });
  });
});
