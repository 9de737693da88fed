import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Timers, TimerWorker } from '#events';
import { UnitOfWork } from '#persistence';
import { actorOf, testService, type TestService } from '#testing';
import type { Page } from '../reads/page.ts';
import { handling, NotesWithPeopleModule, personChanged } from '../testing/people.ts';
import type { DiscardedItem, ParkedItem } from './parked.views.ts';

let notes: TestService;
const envelopes = [personChanged('ines.harbor', 1), personChanged('ines.harbor', 2)] as const;
beforeAll(async () => {
  notes = await testService(NotesWithPeopleModule, 'notes');
  handling.poison = true;
  await notes.publish(...envelopes);
  await notes.service.settle();
});
afterAll(() => notes.close());

const parked = async (): Promise<readonly ParkedItem[]> =>
  (await notes.ask('pat.operator', { path: 'parked' })).json<Page<ParkedItem>>().items;
const discarded = async (query = ''): Promise<Page<DiscardedItem>> =>
  (await notes.ask('pat.operator', { path: `parked/discarded${query}` })).json<Page<DiscardedItem>>();
const discard = (
  parkedId: string | undefined,
  body: object = { reason: 'unreadable' },
  login = 'pat.operator',
): ReturnType<TestService['ask']> =>
  notes.ask(login, {
    method: 'POST',
    path: `parked/${parkedId}/discard`,
    body,
    headers: { 'idempotency-key': randomUUID() },
  });

describe('A parked event that can never be handled', () => {
  it('is discarded only by an operator, for a reason of our list [F7]', async () => {
    const [head] = await parked();
    for (const login of ['ines.harbor', 'cora.coordinator', 'hugo.admin']) {
      expect((await discard(head?.parkedId, { reason: 'unreadable' }, login)).statusCode).toBe(403);
    }
    expect((await discard(head?.parkedId, { reason: 'tired of it' })).statusCode).toBe(400);
    const wordless = await discard(head?.parkedId, { reason: 'other', note: ' ' });
    expect([wordless.statusCode, wordless.json().errors[0].field]).toEqual([400, 'note']);
    expect((await discard(randomUUID())).statusCode).toBe(404);
    expect(await discarded()).toEqual({ items: [], next: null });
  });

  it('is removed and recorded with who, when and why, and the later events of its key continue [F7]', async () => {
    const [head] = await parked();
    expect(head?.waitingBehind).toBe(1);
    const answer = await discard(head?.parkedId, { reason: 'other', note: 'sent by a rehearsal' });
    expect([answer.statusCode, answer.json()]).toEqual([200, { parkedId: head?.parkedId }]);
    handling.poison = false;
    await notes.service.settle();
    expect(await parked()).toEqual([]);
    expect((await notes.ask('ines.harbor', { path: 'people' })).json()).toEqual([actorOf('ines.harbor').personId]);
    expect((await discarded()).items).toEqual([
      {
        ...{
          kind: 'event',
          parkedId: head?.parkedId,
          group: 'notes.people',
          eventId: envelopes[0].id,
          type: envelopes[0].type,
        },
        ...{ key: envelopes[0].key, parkedBecause: head?.reason, attempts: head?.attempts, firstAt: head?.firstAt },
        ...{ topic: 'identity.events', partition: expect.any(Number), offset: expect.any(String) },
        ...{ reason: 'other', note: 'sent by a rehearsal' },
        ...{ discardedBy: actorOf('pat.operator').personId, discardedAt: notes.clock.now() },
      },
    ]);
    expect((await discard(head?.parkedId)).statusCode).toBe(404);
  });

  it('is not parked again when the topic is read again [F7]', async () => {
    handling.poison = true;
    await notes.publish(...envelopes);
    await notes.service.settle();
    expect(await parked()).toEqual([]);
  });

  it('cannot be discarded while it waits behind another, and the answer says what to do [F7]', async () => {
    await notes.publish(personChanged('dana.planner', 1), personChanged('dana.planner', 2));
    await notes.service.settle();
    const [head] = await parked();
    await notes.service.app.get(UnitOfWork, { strict: false }).run({ kind: 'system', key: '' }, async (tx) => {
      const [behind] = await tx.query<{ id: string }>({
        name: 'behind',
        text: "select parked_id as id from parked where because = 'waits'",
      });
      const answer = await discard(behind?.id);
      expect([answer.statusCode, answer.json().guard]).toEqual([409, 'firstOfItsKey']);
    });
    // the next event is also refused by its handler, and is then the first of its key
    for (const left of [1, 0]) {
      const [first] = await parked();
      expect((await discard(first?.parkedId)).statusCode).toBe(200);
      await notes.service.settle();
      expect(await parked()).toHaveLength(left);
    }
    const page = await discarded('?limit=1');
    const rest = await discarded(`?limit=1&cursor=${page.next}`);
    expect([...page.items, ...rest.items]).toEqual((await discarded()).items.slice(0, 2));
    expect(rest.items[0]?.parkedId).toBe(head?.parkedId);
  });
});

describe('A parked timer that nobody needs', () => {
  it('is discarded and does not fire again [F7]', async () => {
    const { app } = notes.service;
    app.get(TimerWorker, { strict: false }).on('remind', () => Promise.reject(new Error('the bell is broken')));
    await app
      .get(UnitOfWork, { strict: false })
      .run({ kind: 'system', key: '' }, (tx) =>
        app
          .get(Timers, { strict: false })
          .schedule(tx, 'a-stream', [{ kind: 'remind', subject: 'one', dueAt: notes.clock.now() }]),
      );
    for (let tries = 0; tries < 20; tries += 1) {
      await notes.service.settle();
      notes.clock.advance({ minutes: 6 });
    }
    const [timer] = await parked();
    expect(timer).toMatchObject({ kind: 'timer', type: 'remind' });
    expect((await discard(timer?.parkedId, { reason: 'obsolete' })).statusCode).toBe(200);
    await notes.service.settle();
    expect(await parked()).toEqual([]);
    expect((await discarded()).items[0]).toMatchObject({
      ...{ kind: 'timer', parkedId: timer?.parkedId, group: 'timers', type: 'remind', key: 'a-stream' },
      ...{ eventId: null, topic: null, reason: 'obsolete', note: null },
    });
  });
});
