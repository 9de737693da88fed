import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { statement, withClient } from '#persistence';
import { freshDatabase } from '#testing';
import { eventsDatabase, OpenTransaction, recording, until, type EventsDatabase } from '../testing/events-database.ts';
import { MemoryTopic } from '../testing/memory-topic.ts';
import { Relays } from '../testing/relays.ts';

let database: EventsDatabase;
let relays: Relays;
let topic: MemoryTopic;

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
afterAll(async () => {
  await database.close();
});

const begin = (): Promise<OpenTransaction> => OpenTransaction.begin(database.unitOfWork);
const writeSomething = statement('spec-write', `select pg_current_xact_id()`);
const insertAt = statement(
  'spec-insert-at',
  `insert into event (xid, id, stream_key, stream_version, type, schema_version, source, subject, data, actor_role, correlation_id, at)
   values ($1::text::xid8, gen_random_uuid(), $2, $3, 'referral.happened', 1, '/referrals', 'task/x', '{}', 'system', 'c', now())`,
);

async function append(transaction: OpenTransaction, key: string): Promise<void> {
  await transaction.do(async (tx) => {
    const version = await database.log.lockStream(tx, key);
    await database.log.record(tx, recording({ key, version }));
  });
}

describe('the relay sends everything, each stream in order', () => {
  it('does not skip an event that has a smaller position and is committed later', async () => {
    const relay = await relays.start(topic);
    const slow = await begin();
    await append(slow, 'late-a');
    await database.append('late-b');
    relay.poke();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(topic.versionsOf('late-b')).toEqual([]);
    await slow.commit();
    await relay.drain();
    expect(topic.messages.map((each) => each.key)).toEqual(['late-a', 'late-b']);
  });

  it('continues when the transaction that held it back is rolled back', async () => {
    const relay = await relays.start(topic);
    const slow = await begin();
    await append(slow, 'undone-a');
    await database.append('undone-b');
    await slow.rollback();
    await relay.drain();
    expect(topic.messages.map((each) => each.key)).toEqual(['undone-b']);
  });

  it('keeps the order of a stream if a transaction wrote before it locked the stream', async () => {
    const early = await begin();
    await early.do((tx) => tx.query(writeSomething));
    await database.append('inverted');
    await append(early, 'inverted');
    const relay = await relays.start(topic);
    await early.commit();
    await relay.drain();
    expect(topic.versionsOf('inverted')).toEqual([1, 2]);
  });

  it('keeps that order even if a page would end between the two', async () => {
    const early = await begin();
    await early.do((tx) => tx.query(writeSomething));
    for (const key of ['cut-1', 'cut-2', 'cut-3', 'cut-4']) await database.append(key);
    await database.append('cut');
    await append(early, 'cut');
    await early.commit();
    const relay = await relays.start(topic, { batch: 2 });
    await relay.drain();
    expect(topic.versionsOf('cut')).toEqual([1, 2]);
    expect(topic.messages).toHaveLength(6);
  });

  it('keeps that order even if a third transaction makes only the later version readable', async () => {
    const relay = await relays.start(topic);
    const early = await begin();
    await early.do((tx) => tx.query(writeSomething));
    const between = await begin();
    await between.do((tx) => tx.query(writeSomething));
    await database.append('between');
    await append(early, 'between');
    await early.commit();
    relay.poke();
    await until(() => relay.status().lagMs === 0 && relay.status().leading);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(topic.messages).toEqual([]);
    await between.commit();
    await relay.drain();
    expect(topic.versionsOf('between')).toEqual([1, 2]);
  });

  it('keeps the order of a transaction whose id has one digit more', async () => {
    const insert = (xid: string, version: number): Promise<unknown> =>
      database.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(insertAt, [xid, 'digits', version]));
    await withClient(database.ownerUrl, (client) => client.query(`delete from referrals.relay_checkpoint`));
    // older than all transactions of this server, so they are first in the log
    await insert('100', 3);
    await insert('9', 1);
    await insert('99', 2);
    const relay = await relays.start(topic, { batch: 1 });
    await relay.drain();
    expect(topic.messages.slice(0, 3).map((each) => each.headers['ce_streamversion'])).toEqual(['1', '2', '3']);
    expect(topic.versionsOf('digits')).toEqual([1, 2, 3]);
  });

  it('is only delayed by a writer in another database of the server', async () => {
    const elsewhere = await freshDatabase();
    const relay = await relays.start(topic);
    await withClient(elsewhere.adminUrl, async (client) => {
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
      await database.append('delayed');
      await until(() => relay.status().detail === 'sending');
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(topic.versionsOf('delayed')).toEqual([]);
      database.clock.advance({ minutes: 1 });
      await until(() => relay.status().lagMs >= 60_000);
      await client.query('commit');
      await relay.drain();
    });
    expect(topic.versionsOf('delayed')).toEqual([1]);
    await until(() => relay.status().lagMs === 0);
    await elsewhere.drop();
  });

  it('sends a backlog in pages, and no event twice', async () => {
    for (let i = 0; i < 12; i += 1) await database.append(`backlog-${i % 3}`, 3);
    const relay = await relays.start(topic, { batch: 5 });
    await relay.drain();
    const twelve = Array.from({ length: 12 }, (_, i) => i + 1);
    for (const key of ['backlog-0', 'backlog-1', 'backlog-2']) expect(topic.versionsOf(key)).toEqual(twelve);
    await relays.start(topic);
    await relay.drain();
    expect(topic.messages).toHaveLength(36);
  });

  it('sends the event in the wire format of the contract', async () => {
    const relay = await relays.start(topic);
    await database.append('wire');
    relay.poke();
    await relay.drain();
    const [message] = topic.messages;
    expect(message).toMatchObject({
      key: 'wire',
      headers: { ce_type: 'referral.happened', ce_time: '2026-11-24T08:00:00.000Z', ce_streamversion: '1' },
    });
    expect(JSON.parse(message?.value ?? '')).toEqual({ referralId: 'wire', until: '2026-11-25T08:00:00.000Z' });
  });
});
