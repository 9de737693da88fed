import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testService, type TestService, type TestRequest } from '#testing';
import type { LightMyRequestResponse as Response } from 'fastify';
import { NotesModule } from '../testing/notes.ts';

let notes: TestService;
let open: string;
let closed: string;
let used: string;

beforeAll(async () => {
  notes = await testService(NotesModule, 'notes');
  [open, closed] = [await written(), await written()];
  used = randomUUID();
  await close(closed, { 'idempotency-key': used, 'if-match': '"1"' });
});
afterAll(() => notes.close());

async function written(): Promise<string> {
  const headers = { 'idempotency-key': randomUUID() };
  const answer = await notes.ask('ines.harbor', { method: 'POST', path: 'notes', body: { title: 'x' }, headers });
  return answer.json<{ noteId: string }>().noteId;
}

function close(
  noteId: string,
  headers: TestRequest['headers'],
  login: string | null = 'ines.harbor',
  body?: unknown,
): Promise<Response> {
  return notes.ask(login, { method: 'PATCH', path: `notes/${noteId}`, headers, body });
}

const wrongBody = { note: 'too much' };
const noKey = {};
const keyOnly = (): Record<string, string> => ({ 'idempotency-key': randomUUID() });
const stale = (): Record<string, string> => ({ ...keyOnly(), 'if-match': '"9"' });
const unknown = randomUUID();
const text = { 'content-type': 'text/plain' };

/** Each line is wrong in every way that comes after the one it is refused for. */
const lines: readonly [status: number, why: string, ask: () => Promise<Response>][] = [
  [401, 'nobody signed in, whatever else is wrong', () => close(unknown, { ...noKey, ...text }, null, 'text')],
  [
    403,
    'this role may never do this, whatever the form',
    () => close(unknown, { ...noKey, ...text }, 'cora.coordinator', 'text'),
  ],
  [
    400,
    'the form is wrong: no key, no version, a field too much',
    () => close(unknown, noKey, 'ines.harbor', wrongBody),
  ],
  [400, 'a field too much comes before the missing version', () => close(unknown, keyOnly(), 'ines.harbor', wrongBody)],
  [415, 'a body that is no JSON', () => close(unknown, { ...keyOnly(), ...text }, 'ines.harbor', 'text')],
  [428, 'the version is missing, and the thing unknown', () => close(unknown, keyOnly())],
  [428, 'the version is missing, and the id is none', () => close('not-an-id', keyOnly())],
  [
    404,
    'the thing is unknown, and the key was used',
    () => close(unknown, { 'idempotency-key': used, 'if-match': '"9"' }),
  ],
  [404, "the thing is another organization's, and the version stale", () => close(open, stale(), 'ivan.opendoor')],
  [
    200,
    'a repeat, though it would be illegal and stale now',
    () => close(closed, { 'idempotency-key': used, 'if-match': '"1"' }),
  ],
  [
    422,
    'the key was used elsewhere, and the version is stale',
    () => close(open, { 'idempotency-key': used, 'if-match': '"9"' }),
  ],
  [409, 'illegal now, and stale', () => close(closed, stale())],
  [412, 'legal, but stale', () => close(open, stale())],
];

describe('The first check that fails answers', () => {
  it.each(lines)('%i: %s', async (status, _, ask) => {
    expect((await ask()).statusCode).toBe(status);
  });

  it('401 comes before a body is read: a stranger sends nothing large', async () => {
    const body = 'x'.repeat(300 * 1024);
    const stranger = await notes.ask(null, { method: 'POST', path: 'notes', body: { title: body } });
    expect(stranger.statusCode).toBe(401);
    const path = await notes.ask(null, { path: 'nothing/of/the/kind' });
    expect(path.statusCode).toBe(401);
  });
});

describe('A body', () => {
  const post = (payload: unknown, headers: TestRequest['headers'] = {}, path = 'notes'): Promise<Response> =>
    notes.ask('ines.harbor', { method: 'POST', path, body: payload, headers: { ...keyOnly(), ...headers } });

  it('of more than its route’s class can hold is too large, and the answer says how much is accepted [S3]', async () => {
    expect((await post({ title: 'x'.repeat(256 * 1024) })).statusCode).toBe(413);
    expect((await post({ title: 'x'.repeat(15 * 1024) })).statusCode).toBe(400);
    const answer = await post({ title: 'x'.repeat(16 * 1024) });
    expect(answer.json()).toMatchObject({ type: 'urn:problem:too-large', status: 413, mostBytes: 16_384 });
  });

  it('may be larger where the route says so, and only so much', async () => {
    expect((await post({ text: 'x'.repeat(900 * 1024) }, {}, 'notes/large')).statusCode).toBe(200);
    expect((await post({ text: 'x'.repeat(1024 * 1024) }, {}, 'notes/large')).statusCode).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x'])(
    'of the kind %s is not taken',
    async (kind) => {
      const answer = await post('title=hello', { 'content-type': kind });
      expect(answer.statusCode).toBe(415);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    },
  );

  it.each(['{"title":', 'Jane Doe', '{"__proto__": {"title": "x"}}'])(
    'that is no JSON of ours, %s, is not quoted',
    async (payload) => {
      const answer = await post(payload, { 'content-type': 'application/json' });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ type: 'urn:problem:invalid', errors: [{ field: 'body' }] });
      expect(answer.body).not.toContain('Jane');
    },
  );

  it('may be empty, with or without a kind, for a command without fields', async () => {
    const headers = { 'content-type': 'application/json', ...keyOnly(), 'if-match': '"1"' };
    expect((await close(await written(), headers)).statusCode).toBe(200);
  });

  it('names every field that is wrong, and those that are not known', async () => {
    const answer = await post({ labels: [{ colour: 'blue' }], note: 'x' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      errors: expect.arrayContaining([
        { field: 'note', message: expect.any(String), allowed: ['title', 'labels'] },
        { field: 'title', message: expect.any(String), allowed: 'text of 1 to 200 characters' },
        { field: 'labels[0].colour', message: expect.any(String), allowed: ['red', 'green'] },
      ]),
    });
    expect(answer.json().errors).toHaveLength(3);
  });
});
