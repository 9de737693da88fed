import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testService, type TestService } from '#testing';
import { NotesModule } from '../testing/notes.ts';

let notes: TestService;
beforeAll(async () => {
  notes = await testService(NotesModule, 'notes', { requestsPerMinute: 3 });
});
afterAll(() => notes.close());

describe('Limits', () => {
  it('an actor who asks too much is told when to come again, and nobody else is slowed', async () => {
    const asked = async (login: string): Promise<number> => (await notes.ask(login, { path: 'notes' })).statusCode;
    expect([await asked('ines.harbor'), await asked('ines.harbor'), await asked('ines.harbor')]).toEqual([
      200, 200, 200,
    ]);
    const over = await notes.ask('ines.harbor', { path: 'notes' });
    expect(over.statusCode).toBe(429);
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    expect(over.json()).toMatchObject({ type: 'urn:problem:too-many' });
    expect(await asked('ivan.opendoor')).toBe(200);
  });

  it('health and metrics are never limited', async () => {
    for (let times = 0; times < 6; times += 1) {
      expect((await notes.ask(null, { path: 'health/live' })).statusCode).toBe(200);
      expect((await notes.ask(null, { path: 'metrics' })).statusCode).toBe(200);
    }
  });

  it('every answer has the headers that keep a browser from doing what we did not ask', async () => {
    const { headers } = await notes.ask(null, { path: 'health/live' });
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['server']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });
});
