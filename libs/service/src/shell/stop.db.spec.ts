import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { testService, type TestService, type TestRequest } from '#testing';
import { withClient } from '#persistence';
import { NotesModule, NoteService } from '../testing/notes.ts';

const writing = (): TestRequest => ({
  method: 'POST',
  path: 'notes',
  body: { title: 'in flight' },
  headers: { 'idempotency-key': randomUUID() },
});

/** A command that has started and waits in the middle of its transaction until `goOn`. */
async function begun(notes: TestService): Promise<{ answer: ReturnType<TestService['ask']>; goOn: () => void }> {
  let goOn = (): void => undefined;
  const reached = new Promise<void>((inside) => {
    const service = notes.service.app.get(NoteService, { strict: false });
    service.pause = () => {
      inside();
      return new Promise((resolve) => (goOn = resolve));
    };
  });
  const answer = notes.ask('ines.harbor', writing());
  await reached;
  return { answer, goOn: () => goOn() };
}

async function countOf(notes: TestService): Promise<number> {
  const found = await withClient(notes.deployment.adminUrl, (client) =>
    client.query<{ n: number }>('select count(*)::int n from notes.note'),
  );
  return found.rows[0]?.n ?? 0;
}

describe('A service that stops', () => {
  it('finishes the requests in flight, accepts no new ones, and leaves nothing running', async () => {
    const notes = await testService(NotesModule, 'notes');
    const { answer, goOn } = await begun(notes);
    let stopped = false;
    const stop = notes.service.close().then(() => (stopped = true));

    const refused = await notes.ask('ines.harbor', writing());
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    const ready = await notes.ask(null, { path: 'health/ready' });
    expect(ready.json()).toMatchObject({
      status: 'not-ready',
      checks: { process: { ready: false, detail: 'stopping' } },
    });
    expect((await notes.ask(null, { path: 'health/live' })).statusCode).toBe(200);
    expect(stopped).toBe(false);

    goOn();
    expect((await answer).statusCode).toBe(201);
    await stop;
    expect(await countOf(notes)).toBe(1);
    const left = await withClient(notes.deployment.adminUrl, (client) =>
      client.query<{ n: number }>(
        "select count(*)::int n from pg_stat_activity where usename = 'notes_app' and datname = current_database()",
      ),
    );
    expect(left.rows[0]?.n).toBe(0);
    await notes.close();
  });

  it('may be stopped twice', async () => {
    const notes = await testService(NotesModule, 'notes');
    await Promise.all([notes.service.close(), notes.service.close()]);
    await notes.close();
  });
});
