import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsentWatermark } from '#contracts';
import { statement, withClient } from '#persistence';
import {
  eventsDatabase,
  OpenTransaction,
  recording,
  system,
  until,
  type EventsDatabase,
} from '../testing/events-database.ts';
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

const admin = <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
  withClient(database.adminUrl, async (client) => (await client.query<T>(sql, values)).rows);
const relaySessions = `select pid from pg_stat_activity where datname = current_database() and application_name = 'referrals relay'`;
const holders = `select pid from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.granted and a.datname = current_database() and a.application_name = 'referrals relay'`;
const watermark = { everyMs: 10_000, event: (asOf: string) => ConsentWatermark.of({ asOf }) };
const marks = (): readonly (string | undefined)[] =>
  topic.messages.filter((each) => each.key === null).map((each) => each.headers['ce_time']);

describe('the relay that leads', () => {
  it('is the only one of its service', async () => {
    const relaysOfThree = await Promise.all([relays.start(topic), relays.start(topic), relays.start(topic)]);
    await until(async () => (await admin(relaySessions)).length === 3);
    for (let i = 0; i < 8; i += 1) {
      await database.append('alone');
      relaysOfThree.forEach((relay) => relay.poke());
      expect(await admin(holders)).toHaveLength(1);
    }
    await relaysOfThree[0]?.drain();
    expect(topic.opened).toBe(1);
    expect(topic.versionsOf('alone')).toEqual(Array.from({ length: 8 }, (_, i) => i + 1));
    expect(relaysOfThree.filter((relay) => relay.status().leading)).toHaveLength(1);
  });

  it('is followed by another when its session is killed, and what it was sending is sent again', async () => {
    const first = await relays.start(topic);
    await until(() => first.status().leading);
    let open = (): void => undefined;
    // only the first relay's send is held: the second may lead before this spec learns that the session is gone
    topic.gate = () => {
      topic.gate = () => Promise.resolve();
      return new Promise((resolve) => (open = resolve));
    };
    await database.append('killed');
    first.poke();
    await until(() => topic.sends === 1);
    const second = await relays.start(topic);
    await admin(`select pg_terminate_backend(pid) from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and a.datname = current_database() and a.application_name = 'referrals relay'`);
    await until(() => second.status().leading);
    await second.drain();
    open();
    await database.append('killed');
    second.poke();
    await second.drain();
    expect(topic.firstVersionsOf('killed')).toEqual([1, 2]);
    await until(() => !first.status().leading);
    expect(relays.troubles).toContain('the relay has no connection');
  });

  it('hands over at a graceful stop without sending anything twice', async () => {
    const first = await relays.start(topic);
    await until(() => first.status().leading);
    const second = await relays.start(topic);
    await database.append('handed', 3);
    await first.drain();
    await first.stop();
    expect(topic.closed).toBe(topic.opened);
    await database.append('handed');
    await second.drain();
    expect(topic.versionsOf('handed')).toEqual([1, 2, 3, 4]);
  });

  it('finishes its current send before it stops', async () => {
    const relay = await relays.start(topic);
    let open = (): void => undefined;
    topic.gate = () => new Promise((resolve) => (open = resolve));
    await database.append('in-hand');
    await until(() => topic.sends === 1);
    const stopped = relay.stop();
    open();
    await stopped;
    expect(topic.versionsOf('in-hand')).toEqual([1]);
    topic.gate = () => Promise.resolve();
    const next = await relays.start(topic);
    await next.drain();
    expect(topic.versionsOf('in-hand')).toEqual([1]);
  });

  it('recovers by itself when the database cut all connections', async () => {
    const relay = await relays.start(topic);
    await until(() => relay.status().leading);
    await admin(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'referrals relay'`);
    await database.append('cut-off');
    relay.poke();
    await relay.drain();
    expect(topic.versionsOf('cut-off')).toEqual([1]);
  });
});

describe('a send that failed', () => {
  it('is repeated with a new publisher from the checkpoint, never lost', async () => {
    topic.fates = ['refused', 'refused', 'stored'];
    const relay = await relays.start(topic);
    await database.append('refused', 2);
    await relay.drain();
    expect(topic.versionsOf('refused')).toEqual([1, 2]);
    expect(topic.opened).toBe(3);
    expect(topic.closed).toBe(2);
  });

  it('duplicates events if only the answer was lost, and never reorders new ones', async () => {
    topic.fates = ['answer-lost', 'stored', 'answer-lost', 'refused', 'answer-lost', 'stored'];
    const relay = await relays.start(topic, { batch: 3 });
    for (let i = 0; i < 4; i += 1) await database.append('lost', 2);
    await relay.drain();
    const sent = topic.versionsOf('lost');
    expect(topic.firstVersionsOf('lost')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(sent.length).toBeGreaterThan(8);
    // a reader that has seen a version has seen all versions before it
    sent.forEach((version, i) => expect(version).toBeLessThanOrEqual(Math.max(0, ...sent.slice(0, i)) + 1));
  });

  it('is in the status until a send succeeds', async () => {
    topic.fates = ['refused', 'refused'];
    const relay = await relays.start(topic);
    await database.append('status');
    await until(() => relay.status().detail === 'events could not be sent');
    await relay.drain();
    await until(() => relay.status().detail === 'sending');
  });
});

describe('the watermark', () => {
  it('goes to every partition, at the start and then every 10 s', async () => {
    await database.append('before-mark');
    topic.partitions = 3;
    const relay = await relays.start(topic, { watermark });
    await relay.drain();
    await until(() => marks().length === 3);
    const first = database.clock.now();
    expect(topic.messages.slice(-3).map((each) => each.partition)).toEqual([0, 1, 2]);
    expect(JSON.parse(topic.messages.at(-1)?.value ?? '')).toEqual({ asOf: first });
    database.clock.advance({ seconds: 9 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(marks()).toEqual([first, first, first]);
    const second = database.clock.advance({ seconds: 1 });
    await until(() => marks().length === 6);
    expect(marks().slice(3)).toEqual([second, second, second]);
  });

  it('is not sent while something committed before it is unsent', async () => {
    topic.partitions = 1;
    const relay = await relays.start(topic, { watermark });
    await until(() => marks().length === 1);
    const slow = await OpenTransaction.begin(database.unitOfWork);
    await slow.do((tx) => tx.query(statement('spec-xact', 'select pg_current_xact_id()')));
    await database.append('marked');
    database.clock.advance({ seconds: 10 });
    relay.poke();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(marks()).toHaveLength(1);
    await slow.commit();
    await until(() => marks().length === 2);
    expect(topic.messages.at(-2)?.key).toBe('marked');
  });

  it('is sent under a load that never pauses', async () => {
    let appending = true;
    const load = (async () => {
      while (appending) await database.append('busy', 3);
    })();
    topic.partitions = 1;
    const relay = await relays.start(topic, { watermark, batch: 2 });
    for (let i = 1; i <= 3; i += 1) {
      await until(() => marks().length === i);
      database.clock.advance({ seconds: 10 });
      relay.poke();
    }
    appending = false;
    await load;
    expect(marks()).toHaveLength(new Set(marks()).size);
  });

  it('is sent again when its send failed', async () => {
    topic.fates = ['refused'];
    topic.partitions = 2;
    const relay = await relays.start(topic, { watermark });
    await until(() => marks().length === 2);
    expect(relay.status().leading).toBe(true);
  });
});

describe('the log restored into another server', () => {
  it('continues where it was, although transaction ids start again there', async () => {
    await database.append('restored', 2);
    const before = await relays.start(topic);
    await before.drain();
    await relays.stop();
    await database.append('restored', 2);
    const sent = topic.messages.length;
    // as a dump restores it: ids far above those of this server, and the checkpoint of the other server
    await withClient(database.ownerUrl, async (client) => {
      await client.query(`update referrals.event set xid = (xid::text::bigint + 1000000000)::text::xid8`);
      await client.query(
        `update referrals.relay_checkpoint set server = 'another', xid = (xid::text::bigint + 1000000000)::text::xid8`,
      );
    });
    await database.append('restored');
    const after = await relays.start(topic);
    await until(() => topic.messages.length === sent + 3);
    await database.append('restored');
    await after.drain();
    expect(topic.versionsOf('restored')).toEqual([1, 2, 3, 4, 5, 6]);
    await relays.stop();
    await relays.start(topic);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(topic.messages).toHaveLength(sent + 4);
  });
});

describe('stored answers', () => {
  it('are deleted after 7 days and not before', async () => {
    const store = (key: string): Promise<unknown> =>
      database.unitOfWork.run(system, async (tx) => {
        const version = await database.log.lockStream(tx, 'kept');
        const answer = { personId: 'ines', key, requestHash: 'h', stored: { status: 200, body: {} } };
        await database.log.record(
          tx,
          recording({ key: 'kept', version, events: 0, now: database.clock.now(), answer }),
        );
      });
    const kept = async (): Promise<readonly string[]> =>
      (await admin<{ key: string }>('select key from referrals.idempotency order by key')).map((each) => each.key);
    await relays.start(topic);
    await store('a');
    database.clock.advance({ days: 6, hours: 23 });
    await store('b');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await kept()).toEqual(['a', 'b']);
    database.clock.advance({ hours: 2 });
    await until(async () => (await kept()).length === 1);
    expect(await kept()).toEqual(['b']);
  });
});
