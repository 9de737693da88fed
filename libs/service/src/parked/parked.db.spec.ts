import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf, testService, type TestService } from '#testing';
import type { Page } from '../reads/page.ts';
import { handling, NotesWithPeopleModule, personChanged } from '../testing/people.ts';
import type { ParkedEvent } from './parked.views.ts';

let notes: TestService;
beforeAll(async () => {
  notes = await testService(NotesWithPeopleModule, 'notes');
  handling.poison = true;
  await notes.publish(personChanged('ines.harbor', 1), personChanged('ines.harbor', 2));
  await notes.service.settle();
});
afterAll(() => notes.close());

const parked = async (): Promise<readonly ParkedEvent[]> =>
  (await notes.ask('nora.network', { path: 'parked' })).json<Page<ParkedEvent>>().items;

describe('An event that could not be handled', () => {
  it('is shown with its reason, and how many wait behind it', async () => {
    expect(await parked()).toEqual([
      {
        parkedId: expect.any(String),
        group: 'notes.people',
        eventId: expect.any(String),
        type: 'identity.person.changed',
        key: actorOf('ines.harbor').personId,
        reason: expect.stringContaining('this person cannot be copied'),
        attempts: expect.any(Number),
        firstAt: expect.any(String),
        waitingBehind: 1,
      },
    ]);
  });

  it('is shown to the network-admin alone', async () => {
    for (const login of ['ines.harbor', 'cora.coordinator', 'hugo.admin']) {
      expect((await notes.ask(login, { path: 'parked' })).statusCode).toBe(403);
    }
    expect((await notes.ask(null, { path: 'parked' })).statusCode).toBe(401);
  });

  it('is counted', async () => {
    const { body } = await notes.ask(null, { path: 'metrics' });
    expect(body).toMatch(/events_parked_total\{[^}]*group="notes.people"[^}]*\} [12]/);
  });

  it('that nobody has is not there', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await notes.ask('nora.network', { method: 'POST', path: `parked/${randomUUID()}/redrive`, headers });
    expect(answer.statusCode).toBe(404);
  });

  it('is handled once a person says so and the reason is gone, with those behind it', async () => {
    handling.poison = false;
    const [first] = await parked();
    const headers = { 'idempotency-key': randomUUID() };
    const path = `parked/${first?.parkedId}/redrive`;
    const answer = await notes.ask('nora.network', { method: 'POST', path, headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ parkedId: first?.parkedId });
    await notes.service.settle();
    expect(await parked()).toEqual([]);
    expect((await notes.ask('ines.harbor', { path: 'people' })).json()).toEqual([actorOf('ines.harbor').personId]);
  });
});
