import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNotes, type RunningNotes } from '../testing/running-notes.ts';

let notes: RunningNotes;
beforeAll(async () => {
  notes = await startNotes({ logLevel: 'debug' });
});
afterAll(() => notes?.close());

describe('x', () => {
  it('starts', async () => {
    const a = await notes.ask('ines.harbor', {
      method: 'POST',
      path: 'notes',
      body: { title: 'hello' },
      headers: { 'idempotency-key': 'a-key-of-8' },
    });
    console.log(a.statusCode, a.headers, a.body);
    const b = await notes.ask('ines.harbor', { path: 'notes/zzz' });
    console.log(b.statusCode, b.headers, b.body);
    const c = await notes.ask('ines.harbor', { path: `notes/${a.json().noteId}?after=${a.headers['position']}` });
    console.log(c.statusCode, c.headers, c.body);
    console.log((await notes.ask(null, { path: '/health/ready' })).body);
    console.log((await notes.ask(null, { path: '/api/notes/openapi.json' })).body.slice(0, 3000));
    console.log((await notes.ask(null, { path: '/docs' })).body.slice(0, 300));
    await notes.service.settle();
    expect(1).toBe(1);
  });
});
