import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LightMyRequestResponse as Response } from 'fastify';
import { hostileBodies, longestTurn, testService, type TestService } from '#testing';
import { NotesModule } from '../testing/notes.ts';

/** One request may block others for at most this long (processor time). */
const longestMs = 100;

let notes: TestService;
const figures: string[] = [];
beforeAll(async () => {
  notes = await testService(NotesModule, 'notes');
});
afterAll(async () => {
  process.stdout.write(`longest turn of the event loop, in ms of processor time:\n${figures.join('\n')}\n`);
  await notes.close();
});

async function post(
  path: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return notes.service.app.inject({
    method: 'POST',
    url: `/api/notes/${path}`,
    payload: body,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      authorization: `Bearer ${await notes.tokens.tokenFor('ines.harbor')}`,
      ...headers,
    },
  });
}

async function measured(what: string, ask: () => Promise<Response>): Promise<Response> {
  let answer: Response | undefined;
  const ms = await longestTurn(async () => (answer = await ask()), longestMs);
  figures.push(`  ${ms.toFixed(1).padStart(6)}  ${what}`);
  expect(ms).toBeLessThan(longestMs);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

describe('A body made to be expensive', () => {
  it.each(hostileBodies(16_000))('is answered quickly on a route of small bodies: %s [S3]', async (what, body) => {
    const answer = await measured(`16 KB: ${what}`, () => post('notes', body));
    expect([201, 400, 413]).toContain(answer.statusCode);
    expect(answer.body.length).toBeLessThan(30_000);
  });

  it.each(hostileBodies(1_000_000))('is answered quickly on a route of large bodies: %s [S3]', async (what, body) => {
    const answer = await measured(`1 MB: ${what}`, () => post('notes/large', body));
    expect([200, 400, 413]).toContain(answer.statusCode);
  });

  it('gets at most 50 faults, and the note that there are more [S3]', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`unknown${at}`, at]));
    const answer = await post('notes', JSON.stringify({ ...unknown, title: 'x' }));
    expect(answer.statusCode).toBe(400);
    const { errors, moreErrors, detail } = answer.json<{ errors: unknown[]; moreErrors: boolean; detail: string }>();
    expect([errors.length, moreErrors]).toEqual([50, true]);
    expect(detail).toContain('More than 50');
  });

  it('gets a fault for a list that is too long, and none for its items [S3]', async () => {
    const labels = Array.from({ length: 400 }, () => ({ colour: 'blue' }));
    const answer = await post('notes', JSON.stringify({ title: '', labels }));
    expect(answer.json().errors).toEqual([
      { field: 'labels', message: 'labels must have at most 3', allowed: 'a list of 0 to 3' },
      { field: 'title', message: expect.any(String), allowed: 'text of 1 to 200 characters' },
    ]);
  });

  it('with a long key gets only the beginning of the key in the answer [S3]', async () => {
    const answer = await post('notes', JSON.stringify({ title: 'x', [`k${'x'.repeat(9000)}`]: 1 }));
    expect(answer.statusCode).toBe(400);
    expect(answer.body.length).toBeLessThan(1000);
  });
});

describe('Headers and queries made to be expensive', () => {
  const token = (): Promise<string> => notes.tokens.tokenFor('ines.harbor');
  it.each([
    ['a content type of blanks', { 'content-type': `application/json;${' '.repeat(12_000)}charset` }],
    ['a content type of semicolons', { 'content-type': `application/json${'; '.repeat(6000)}` }],
    ['a content type of parameters', { 'content-type': `application/json${';charset='.repeat(1300)}` }],
    ['a key of quotes', { 'idempotency-key': '"'.repeat(12_000) }],
    ['a key of backslashes', { 'idempotency-key': `"${'\\'.repeat(12_000)}` }],
    ['a version of commas', { 'if-match': '"1",'.repeat(3000) }],
    ['a token of dots', { authorization: `Bearer ${'.'.repeat(12_000)}` }],
    ['a token of letters', { authorization: `Bearer ${'a'.repeat(12_000)}` }],
    ['a trace', { traceparent: '0'.repeat(12_000) }],
  ])('are answered quickly: %s [S3]', async (what, headers) => {
    const answer = await measured(what, () => post('notes', '{"title":"x"}', headers));
    expect(answer.statusCode).toBeLessThan(500);
  });

  it.each([
    ['a name again and again', 'state=open&'.repeat(1300)],
    ['names', Array.from({ length: 2000 }, (_, at) => `k${at}=1`).join('&')],
    ['a cursor', `cursor=${'a'.repeat(14_000)}`],
    ['what cannot be decoded', `state=${'%'.repeat(14_000)}`],
    ['ampersands', `${'&'.repeat(14_000)}state=lost`],
  ])('are answered quickly: a query of %s [S3]', async (what, query) => {
    const headers = { authorization: `Bearer ${await token()}` };
    const answer = await measured(`a query of ${what}`, () => notes.ask(null, { path: `notes?${query}`, headers }));
    expect(answer.statusCode).toBe(400);
  });
});

describe('A text that cannot be decoded', () => {
  const body = (text: string): string => JSON.stringify({ title: text });

  it.each(['iso-8859-1', 'ISO-8859-15', 'windows-1252', 'utf-16', 'utf-16le', '"latin1"', 'utf-7', ''])(
    'is not accepted with charset=%s [P9]',
    async (charset) => {
      const answer = await post('notes', body('Nunez'), { 'content-type': `application/json; charset=${charset}` });
      expect(answer.statusCode).toBe(415);
      expect(answer.json<{ detail: string }>().detail).toContain('UTF-8');
    },
  );

  it.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8', 'us-ascii'])('is accepted with charset=%s [P9]', async (charset) => {
    const answer = await post('notes', body('Nunez'), { 'content-type': `application/json; charset=${charset}` });
    expect(answer.statusCode).toBe(201);
  });

  it.each([
    ['Latin-1', Buffer.from(body('Núñez'), 'latin1')],
    ['UTF-16', Buffer.from(body('Núñez'), 'utf16le')],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${body('Núñez')}`, 'utf16le')],
    ['half a letter', Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc3]), Buffer.from('"}')])],
    ['a letter in too many bytes', Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc0, 0xaf, 0x22, 0x7d])])],
    ['half a pair in bytes', Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xed, 0xa0, 0x80, 0x22, 0x7d])])],
  ])('is refused with a message, and never guessed: %s [P9]', async (_, bytes) => {
    const answer = await post('notes', bytes);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'body' }] });
  });

  it('may begin with a byte order mark [P9]', async () => {
    expect((await post('notes', `\ufeff${body('Núñez')}`)).statusCode).toBe(201);
  });

  it.each([
    ['the replacement character', 'N\\ufffd\\ufffdez'],
    ['NUL', 'a\\u0000b'],
    ['the first half of a pair', '\\ud83d'],
    ['the second half of a pair', '\\ude00 x'],
    ['a bell', 'a\\u0007b'],
    ['an escape', '\\u001b[31m'],
    ['a delete', 'a\\u007fb'],
    ['a C1 control, as a wrong encoding leaves it', 'don\\u0092t'],
    ['what is no character', 'a\\uffffb'],
  ])('is refused if it contains %s [P9]', async (_, text) => {
    const answer = await post('notes', `{"title":"${text}"}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'title' }] });
  });

  it('may contain tabs, line ends and every letter of Unicode [P9]', async () => {
    expect((await post('notes', body('Élodie\tÖztürk\r\n李 😀 عربى'))).statusCode).toBe(201);
  });

  it.each(['state=%00', 'state=%ff', 'state=%EF%BF%BD'])('is refused in a query: %s [P9]', async (query) => {
    expect((await notes.ask('ines.harbor', { path: `notes?${query}` })).statusCode).toBe(400);
  });
});
