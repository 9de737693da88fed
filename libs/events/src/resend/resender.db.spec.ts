import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { system, eventsDatabase, until, type EventsDatabase } from '../testing/events-database.ts';
import { MemoryTopic } from '../testing/memory-topic.ts';
import { Relays } from '../testing/relays.ts';
import { Resends, type ResendView } from './resends.ts';

let database: EventsDatabase;
let relays: Relays;
let topic: MemoryTopic;
const resends = new Resends();

beforeAll(async () => {
  database = await eventsDatabase();
  relays = new Relays(database);
});
beforeEach(() => {
  topic = new MemoryTopic();
});
afterEach(async () => {
  await relays.stop();
  expect(topic.faults).toEqual([]);
});
afterAll(() => database.close());

const ask = (): Promise<string> =>
  database.unitOfWork.run(system, (tx) =>
    resends.ask(tx, { resendId: database.ids.next(), from: { all: true }, askedBy: 'x', now: database.clock.now() }),
  );
const viewOf = async (resendId: string): Promise<ResendView | undefined> =>
  (await database.unitOfWork.run(system, (tx) => resends.list(tx, { limit: 50 }))).find(
    (each) => each.resendId === resendId,
  );
const done = (resendId: string): Promise<void> => until(async () => (await viewOf(resendId))?.state === 'done');

describe('a part of the log is sent again beside new events', () => {
  const keys = Array.from({ length: 12 }, (_, n) => `stream-${n}`);

  it('and a recreated topic has each stream in order, whatever happens meanwhile [F6]', async () => {
    for (const key of keys) await database.append(key, 40);
    const first = await relays.start(topic, { batch: 20 });
    await first.drain();
    // Given an empty topic, which sometimes rejects a send or loses its answer
    topic = new MemoryTopic();
    await relays.stop();
    topic.fates = ['stored', 'refused', 'stored', 'answer-lost', 'stored', 'stored', 'refused'];
    const resendId = await ask();
    expect(await ask()).toBe(resendId);
    const relay = await relays.start(topic, { batch: 20 });
    // When commands continue, and another process takes over in the middle
    for (let round = 0; round < 10; round += 1) {
      for (const key of keys.slice(round % 5)) await database.append(key);
      relay.poke();
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (round === 4) await relays.stop();
      if (round === 5) await relays.start(topic, { batch: 20 });
    }
    await done(resendId);
    const last = await relays.start(topic, { batch: 20 });
    await last.drain();
    // Then a reader that starts there sees every version of each stream in order
    for (const key of keys) {
      const versions = topic.firstVersionsOf(key);
      expect([key, versions]).toEqual([key, Array.from({ length: versions.length }, (_, n) => n + 1)]);
      expect(versions.length).toBeGreaterThan(40);
    }
    expect(await viewOf(resendId)).toMatchObject({ total: 480, sent: 480, waiting: null });
  });

  it('and a new event waits for at most one page [F6]', async () => {
    const relay = await relays.start(topic);
    await relay.drain();
    const sends: number[] = [];
    topic.gate = async () => {
      sends.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await relays.stop();
    const resendId = await ask();
    await relays.start(topic, { batch: 10 });
    await until(() => Promise.resolve(sends.length > 3));
    const at = topic.messages.length;
    await database.append('something-new');
    await until(() => Promise.resolve(topic.versionsOf('something-new').length > 0));
    expect(topic.messages.findIndex(({ key }) => key === 'something-new') - at).toBeLessThan(60);
    expect((await viewOf(resendId))?.state).toBe('running');
    topic.gate = () => Promise.resolve();
    await done(resendId);
  });

  it('and the resend says what it waits for while nothing can be sent [F6]', async () => {
    const relay = await relays.start(topic);
    await relay.drain();
    topic.fates = Array.from({ length: 200 }, () => 'refused' as const);
    const resendId = await ask();
    await until(async () => (await viewOf(resendId))?.waiting === 'events could not be sent');
    topic.fates = [];
    await done(resendId);
  });
});
