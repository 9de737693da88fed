import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Timers, TimerWorker } from '#events';
import { UnitOfWork } from '#persistence';
import { actorOf, testService, type TestRequest, type TestService, type TokenChanges } from '#testing';
import type { Page } from '../reads/page.ts';
import { handling, NotesWithPeopleModule, personChanged } from '../testing/people.ts';
import type { ParkedItem } from './parked.views.ts';

const otherNetwork = '0190a0c0-0000-7000-8000-0001000000ff';
let notes: TestService;
beforeAll(async () => {
  notes = await testService(NotesWithPeopleModule, 'notes');
  handling.poison = true;
  await notes.publish(personChanged('ines.harbor', 1), personChanged('ines.harbor', 2));
  await notes.service.settle();
});
afterAll(() => notes.close());

const parked = async (): Promise<readonly ParkedItem[]> =>
  (await notes.ask('pat.operator', { path: 'parked' })).json<Page<ParkedItem>>().items;

describe('An event that could not be handled', () => {
  it('is shown with its reason and the number of events behind it', async () => {
    expect(await parked()).toEqual([
      {
        kind: 'event',
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

  it('is shown to the administrator of its own network, and no other one can redrive it [S10]', async () => {
    const [first] = await parked();
    const foreign = { claims: { net: otherNetwork, org: otherNetwork } };
    const asNora = async (changes: TokenChanges, asked: TestRequest): ReturnType<TestService['ask']> => {
      const authorization = `Bearer ${await notes.tokens.tokenFor('nora.network', changes)}`;
      return notes.ask(null, { ...asked, headers: { authorization, 'idempotency-key': randomUUID() } });
    };
    expect((await asNora({}, { path: 'parked' })).json<Page<ParkedItem>>().items).toEqual([first]);
    expect((await asNora(foreign, { path: 'parked' })).json<Page<ParkedItem>>().items).toEqual([]);
    const path = `parked/${first?.parkedId}/redrive`;
    expect((await asNora(foreign, { method: 'POST', path })).statusCode).toBe(404);
    expect((await asNora({}, { method: 'POST', path })).statusCode).toBe(200);
    await notes.service.settle();
    for (const machinery of ['lag', 'rebuilds']) expect((await asNora({}, { path: machinery })).statusCode).toBe(403);
  });

  it('is shown to no other role of a network', async () => {
    for (const login of ['ines.harbor', 'cora.coordinator', 'hugo.admin']) {
      expect((await notes.ask(login, { path: 'parked' })).statusCode).toBe(403);
    }
    expect((await notes.ask(null, { path: 'parked' })).statusCode).toBe(401);
  });

  it('is counted', async () => {
    const { body } = await notes.ask('pat.operator', { path: 'metrics' });
    expect(body).toMatch(/events_parked_total\{[^}]*group="notes.people"[^}]*\} [12]/);
  });

  it('that does not exist gets 404', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await notes.ask('pat.operator', { method: 'POST', path: `parked/${randomUUID()}/redrive`, headers });
    expect(answer.statusCode).toBe(404);
  });

  it('is handled with those behind it after a person redrives it and the cause is fixed', async () => {
    handling.poison = false;
    const [first] = await parked();
    const headers = { 'idempotency-key': randomUUID() };
    const path = `parked/${first?.parkedId}/redrive`;
    const answer = await notes.ask('pat.operator', { method: 'POST', path, headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ parkedId: first?.parkedId });
    await notes.service.settle();
    expect(await parked()).toEqual([]);
    expect((await notes.ask('ines.harbor', { path: 'people' })).json()).toEqual([actorOf('ines.harbor').personId]);
  });
});

describe('A timer that could not fire', () => {
  let away = true;
  const fired: string[] = [];

  const redrive = (parkedId: string | undefined): ReturnType<TestService['ask']> =>
    notes.ask('pat.operator', {
      method: 'POST',
      path: `parked/${parkedId}/redrive`,
      headers: { 'idempotency-key': randomUUID() },
    });

  it('is listed among the parked events, with its reason', async () => {
    const { app } = notes.service;
    app.get(TimerWorker, { strict: false }).on('remind', ({ subject }) => {
      if (away) return Promise.reject(new Error('the bell is broken'));
      fired.push(subject);
      return Promise.resolve();
    });
    await app.get(UnitOfWork, { strict: false }).run({ kind: 'system', key: '' }, (tx) =>
      app.get(Timers, { strict: false }).schedule(tx, 'a-stream', [
        { kind: 'remind', subject: 'one', dueAt: notes.clock.now() },
        { kind: 'remind', subject: 'two', dueAt: notes.clock.now() },
      ]),
    );
    for (let tries = 0; tries < 20; tries += 1) {
      await notes.service.settle();
      notes.clock.advance({ minutes: 6 });
    }
    const timer = {
      ...{
        kind: 'timer',
        group: 'timers',
        type: 'remind',
        key: 'a-stream',
        eventId: null,
        parkedId: expect.any(String),
      },
      ...{ reason: 'Error: the bell is broken', attempts: 20, firstAt: expect.any(String), waitingBehind: 0 },
    };
    expect(await parked()).toEqual([timer, timer]);
    const page = await notes.ask('pat.operator', { path: 'parked?limit=1' });
    const { items, next } = page.json<Page<ParkedItem>>();
    const rest = await notes.ask('pat.operator', { path: `parked?limit=1&cursor=${next}` });
    expect([...items, ...rest.json<Page<ParkedItem>>().items]).toEqual(await parked());
  });

  it('is counted', async () => {
    const { body } = await notes.ask('pat.operator', { path: 'metrics' });
    expect(body).toMatch(/events_parked_total\{[^}]*group="timers"[^}]*\} 2/);
  });

  it('fires after a person redrives it and the cause is fixed; the other one stays parked', async () => {
    away = false;
    const [first, second] = await parked();
    const answer = await redrive(first?.parkedId);
    expect([answer.statusCode, answer.json()]).toEqual([200, { parkedId: first?.parkedId }]);
    await notes.service.settle();
    expect(fired).toHaveLength(1);
    expect(await parked()).toEqual([second]);
    expect((await redrive(first?.parkedId)).statusCode).toBe(404);
    expect((await redrive(second?.parkedId)).statusCode).toBe(200);
    await notes.service.settle();
    expect(fired.toSorted()).toEqual(['one', 'two']);
    expect(await parked()).toEqual([]);
  });
});
