import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testService, type TestService, type TestRequest } from '#testing';
import type { LightMyRequestResponse as Response } from 'fastify';
import type { Page } from '../reads/page.ts';
import { NotesModule, type NoteView } from '../testing/notes.ts';

let notes: TestService;
beforeAll(async () => {
  notes = await testService(NotesModule, 'notes');
});
afterAll(() => notes.close());

const key = (): string => randomUUID();
const write = (body: unknown = { title: 'hello' }, idempotencyKey = key()): Promise<Response> =>
  notes.ask('ines.harbor', { method: 'POST', path: 'notes', body, headers: { 'idempotency-key': idempotencyKey } });
const close = (noteId: string, headers: TestRequest['headers'] = {}, login = 'ines.harbor'): Promise<Response> =>
  notes.ask(login, { method: 'PATCH', path: `notes/${noteId}`, headers: { 'idempotency-key': key(), ...headers } });
const read = (noteId: string, login = 'ines.harbor'): Promise<Response> =>
  notes.ask(login, { path: `notes/${noteId}` });
const written = async (): Promise<string> => (await write()).json<{ noteId: string }>().noteId;

describe('Every answer', () => {
  it("carries the caller's correlation id when it is a UUID, else a new one", async () => {
    const mine = randomUUID();
    const answer = await notes.ask(null, { path: '/health/live', headers: { 'x-correlation-id': mine } });
    expect(answer.headers['x-correlation-id']).toBe(mine);
    const other = await notes.ask(null, { path: 'notes', headers: { 'x-correlation-id': 'Jane Doe' } });
    expect(other.statusCode).toBe(401);
    expect(other.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('may be kept by nobody', async () => {
    const undecodable = await notes.ask(null, { path: '/api/notes/%zz' });
    for (const answer of [
      await write(),
      await read(randomUUID()),
      await notes.ask(null, { path: 'notes' }),
      undecodable,
    ]) {
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('that is an error is a problem of its code, as problem+json', async () => {
    const answer = await notes.ask(null, { path: 'notes' });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toEqual({
      type: 'urn:problem:unauthenticated',
      title: expect.any(String),
      status: 401,
      detail: expect.any(String),
    });
  });
});

describe('Idempotency-Key', () => {
  it('is required on a command, and its absence is named', async () => {
    const answer = await notes.ask('ines.harbor', { method: 'POST', path: 'notes', body: { title: 'x' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      type: 'urn:problem:invalid',
      errors: [{ field: 'Idempotency-Key', allowed: '8 to 128 printable characters' }],
    });
  });

  it('sent again with the same path and body gets the stored answer, and says so', async () => {
    const mine = key();
    const first = await write({ title: 'once' }, mine);
    const again = await write({ title: 'once' }, mine);
    expect(again.statusCode).toBe(201);
    expect(again.body).toBe(first.body);
    for (const name of ['etag', 'position', 'location']) expect(again.headers[name]).toBe(first.headers[name]);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  it('used for another body or another path is refused as key-reused', async () => {
    const mine = key();
    const first = await write({ title: 'one' }, mine);
    const other = await write({ title: 'two' }, mine);
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ type: 'urn:problem:key-reused' });
    const elsewhere = await close(first.json().noteId, { 'idempotency-key': mine, 'if-match': '"1"' });
    expect(elsewhere.statusCode).toBe(422);
  });

  it('of one person is nothing to another', async () => {
    const mine = key();
    const body = { title: 'same' };
    const first = await write(body, mine);
    const other = await notes.ask('ivan.opendoor', {
      method: 'POST',
      path: 'notes',
      body,
      headers: { 'idempotency-key': mine },
    });
    expect(other.statusCode).toBe(201);
    expect(other.json()).not.toEqual(first.json());
  });

  it('of a refused command keeps nothing: once it is right, it is done', async () => {
    const mine = key();
    const noteId = await written();
    const stale = await close(noteId, { 'idempotency-key': mine, 'if-match': '"9"' });
    expect(stale.statusCode).toBe(412);
    const right = await close(noteId, { 'idempotency-key': mine, 'if-match': '"1"' });
    expect(right.statusCode).toBe(200);
    expect(right.headers['idempotent-replayed']).toBeUndefined();
  });

  it('sent twice at the same moment does the thing once', async () => {
    const mine = key();
    const answers = await Promise.all(Array.from({ length: 6 }, () => write({ title: 'at once' }, mine)));
    expect(answers.map((each) => each.statusCode)).toEqual(Array.from({ length: 6 }, () => 201));
    expect(new Set(answers.map((each) => each.body)).size).toBe(1);
    expect(answers.filter((each) => each.headers['idempotent-replayed'] === undefined)).toHaveLength(1);
  });
});

describe('If-Match and ETag', () => {
  it('a read and a command of one thing give its version', async () => {
    const first = await write();
    expect(first.headers['etag']).toBe('"1"');
    const { noteId } = first.json<{ noteId: string }>();
    expect((await read(noteId)).headers['etag']).toBe('"1"');
    expect((await close(noteId, { 'if-match': '"1"' })).headers['etag']).toBe('"2"');
    expect((await read(noteId)).headers['etag']).toBe('"2"');
  });

  it('missing where it is required is 428', async () => {
    const answer = await close(await written());
    expect(answer.statusCode).toBe(428);
    expect(answer.json()).toMatchObject({ type: 'urn:problem:precondition-required' });
  });

  it('that is no quoted version is a fault of form', async () => {
    const answer = await close(await written(), { 'if-match': '7' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'If-Match' }] });
  });

  it('that is stale is 412, with the present version and state', async () => {
    const answer = await close(await written(), { 'if-match': '"7"' });
    expect(answer.statusCode).toBe(412);
    expect(answer.json()).toMatchObject({ type: 'urn:problem:stale', version: 1, state: 'open' });
  });

  it('is not looked at where the request is a repeat under its own key', async () => {
    const noteId = await written();
    const headers = { 'idempotency-key': key(), 'if-match': '"1"' };
    const first = await close(noteId, headers);
    const again = await close(noteId, headers);
    expect(first.statusCode).toBe(200);
    expect(again.statusCode).toBe(200);
    expect(again.body).toBe(first.body);
    expect(again.headers['etag']).toBe('"2"');
  });

  it('of 50 at once with the same version, one is done and 49 are refused', async () => {
    const noteId = await written();
    const answers = await Promise.all(Array.from({ length: 50 }, () => close(noteId, { 'if-match': '"1"' })));
    const counts = Map.groupBy(answers, (each) => each.statusCode);
    expect(counts.get(200)).toHaveLength(1);
    expect(counts.get(409)).toHaveLength(49);
    expect(counts.get(409)?.[0]?.json()).toMatchObject({
      type: 'urn:problem:illegal-move',
      state: 'closed',
      version: 2,
    });
    expect((await read(noteId)).headers['etag']).toBe('"2"');
  });
});

describe('Position', () => {
  it('is given by every command, and a read that waits for it sees the write', async () => {
    const first = await write();
    const position = String(first.headers['position']);
    const answer = await notes.ask('ines.harbor', { path: `notes/${first.json().noteId}?after=${position}` });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['position-reached']).toBeUndefined();
  });

  it('that is none is a fault of form', async () => {
    const answer = await notes.ask('ines.harbor', { path: `notes/${await written()}?after=yesterday` });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'after' }] });
  });
});

describe('What is not there for the caller', () => {
  const exactly =
    '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';

  it("is the same 404, byte for byte: unknown, another organization's, no id, no such route", async () => {
    const noteId = await written();
    const answers = [
      await read(randomUUID()),
      await read(noteId, 'ivan.opendoor'),
      await read('not-an-id'),
      await read(noteId.toUpperCase()),
      await notes.ask('ines.harbor', { path: 'nothing/of/the/kind' }),
      await close(noteId, { 'if-match': '"1"' }, 'ivan.opendoor'),
      await close(randomUUID(), { 'if-match': '"1"' }),
      await close('not-an-id', { 'if-match': '"1"' }),
      await notes.ask('ines.harbor', { path: '/api/notes/%zz' }),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toBe(exactly);
      expect(answer.headers['content-type']).toBe(answers[0]?.headers['content-type']);
    }
  });

  it('has the same headers whichever it is', async () => {
    const unknown = await read(randomUUID());
    const withheld = await read(await written(), 'ivan.opendoor');
    const without = (answer: Response): object => ({ ...answer.headers, 'x-correlation-id': '', date: '' });
    expect(without(withheld)).toEqual(without(unknown));
  });
});

describe('Lists', () => {
  it('are read page by page to their end, each thing once, while others are added', async () => {
    const before = await Promise.all(Array.from({ length: 5 }, written));
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await notes.ask('ines.harbor', { path: `notes?state=open&limit=2${query}` });
      const page = answer.json<Page<NoteView>>();
      seen.push(...page.items.map((each) => each.noteId));
      if (seen.length < 5) await written();
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.every((noteId) => seen.includes(noteId))).toBe(true);
  });

  it.each([
    ['limit=0', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['state=lost', 'state'],
    ['colour=red', 'colour'],
  ])('asked for with %s are refused by name', async (query, field) => {
    const answer = await notes.ask('ines.harbor', { path: `notes?${query}` });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field, allowed: expect.anything() }]);
  });
});
