import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testService, type TestService } from '#testing';
import { NotesModule } from '../testing/notes.ts';

let notes: TestService;
const lines: string[] = [];
const logTo = new Writable({
  write(chunk, _encoding, done): void {
    lines.push(String(chunk));
    done();
  },
});

beforeAll(async () => {
  notes = await testService(NotesModule, 'notes', { logLevel: 'debug', logTo });
});
afterAll(() => notes.close());

const logged = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('An error in our code', () => {
  it.each(['bug', 'parser'])('of the kind %s reveals nothing in the answer', async (kind) => {
    const answer = await notes.ask('ines.harbor', { path: `notes/faults/${kind}` });
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      type: 'urn:problem:bug',
      title: expect.any(String),
      status: 500,
      detail: expect.any(String),
    });
    expect(answer.body).not.toContain('Jane');
  });

  it('can be found in the log by the correlation id of the answer', async () => {
    const correlationId = randomUUID();
    await notes.ask('ines.harbor', { path: 'notes/faults/bug', headers: { 'x-correlation-id': correlationId } });
    const line = logged().find((each) => each['correlationId'] === correlationId && each['level'] === 50);
    expect(line).toMatchObject({ service: 'notes', code: 'bug', error: { name: 'Error' } });
    expect(JSON.stringify(line)).toContain('notes.ts');
  });

  it.each(['bug', 'parser'])(
    'of the kind %s is logged without its message, which may quote the request',
    async (kind) => {
      lines.length = 0;
      await notes.ask('ines.harbor', { path: `notes/faults/${kind}` });
      expect(lines.join()).toContain('notes.ts');
      expect(lines.join()).not.toContain('Jane');
    },
  );
});

describe('The log', () => {
  it('has a line for each answer, with the pattern of its route and no address, token or body', async () => {
    lines.length = 0;
    const headers = { 'idempotency-key': randomUUID() };
    const body = { title: 'Jane Doe, 555-0100' };
    const answer = await notes.ask('ines.harbor', { method: 'POST', path: 'notes', body, headers });
    await notes.ask('ines.harbor', { path: `notes/${answer.json().noteId}?after=x` });
    const answered = logged().filter((line) => line['msg'] === 'answered');
    expect(answered).toMatchObject([
      { method: 'POST', route: '/api/notes/notes', status: 201, correlationId: answer.headers['x-correlation-id'] },
      { method: 'GET', route: '/api/notes/notes/:id', status: 400 },
    ]);
    expect(lines.join()).not.toMatch(/Jane|555|Bearer|eyJ|after=/);
  });
});
