import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import type { Admin } from 'kafkajs';
import { seededIds, testKafka } from '#testing';
import type { TestDatabase } from '#testing';
import type { IncomingMessage, OutgoingMessage } from '../../messages.ts';
import { ReaderBench, orderByKey, readersDatabase, testPartitions, until } from '../testing/reader-bench.ts';
import { Streams, altered, key, testTopic } from '../testing/test-events.ts';
import { singleReader } from '../testing/test-readers.ts';
import { KafkaPublisher } from './kafka-publisher.ts';
import { kafkaTransport } from './kafka-transport.ts';
import { LossyWire, everythingIn, strangerClient } from './testing/stranger.ts';

const kafka = await testKafka();
const brokers = kafka?.brokers ?? [];
const keys = [key(1), key(2), key(3), key(4)];
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const allOf = (count: number): object => Object.fromEntries(keys.map((each) => [each, upTo(count)]));

(kafka ? describe : describe.skip)('Faults of real Kafka (needs KAFKA_BROKERS, Docker or Java)', () => {
  let database: TestDatabase;
  let bench: ReaderBench;
  let prefix: string;
  let admin: Admin;
  beforeAll(async () => {
    database = await readersDatabase();
    admin = strangerClient(brokers).admin();
    await admin.connect();
  });
  afterAll(async () => {
    await admin.disconnect();
    await database.close();
  });
  beforeEach(async () => {
    prefix = `${randomUUID()}.`;
    bench = await ReaderBench.open(database, () =>
      Promise.resolve({
        transport: () => kafkaTransport({ brokers, prefix }),
        messages: (topic) => everythingIn(brokers, `${prefix}${topic}`),
        close: () => Promise.resolve(),
      }),
    );
  });
  afterEach(() => bench.close());

  it('stores every event in order, with duplicates at most, when answers of the broker are lost', async () => {
    const wire = new LossyWire();
    const client = wire.client(brokers);
    const newPublisher = (): KafkaPublisher =>
      new KafkaPublisher({
        kafka: client,
        nameOf: (topic) => `${prefix}${topic}`,
        countOf: () => Promise.resolve(testPartitions),
      });
    const streams = new Streams(seededIds());
    let publisher = newPublisher();
    const batches = Array.from({ length: 30 }, () => streams.many(8, keys));
    for (const [n, batch] of batches.entries()) {
      if (n % 3 === 1) wire.arm();
      // as the relay does: after a rejection a new publisher, starting at the checkpoint
      while (
        !(await publisher.send(testTopic, batch).then(
          () => true,
          () => false,
        ))
      ) {
        await publisher.close();
        publisher = newPublisher();
      }
    }
    await publisher.close();
    expect(wire.lost).toBeGreaterThan(5);
    const found = await everythingIn(brokers, `${prefix}${testTopic}`);
    for (const [of, own] of Map.groupBy(found, (each) => each.key)) {
      const sorted = own.toSorted((a, b) => Number(BigInt(a.offset) - BigInt(b.offset)));
      const first = new Set(sorted.map((each) => Number(each.headers['ce_streamversion'])));
      expect([of, [...first]]).toEqual([of, upTo(60)]);
    }
  });

  it('continues at the oldest remaining event when retention overtook the group', async () => {
    const first = await bench.start([singleReader('reader.group')]);
    await bench.publish(bench.streams.many(20, keys));
    await first.strategy.idle();
    await first.stop();
    await bench.publish(bench.streams.many(20, keys));
    const offsets = await admin.fetchTopicOffsets(`${prefix}${testTopic}`);
    const busy = offsets.find((each) => Number(each.high) >= 10);
    const partition = busy?.partition ?? 0;
    const cut = Number(busy?.high ?? 0) - 2;
    await admin.deleteTopicRecords({
      topic: `${prefix}${testTopic}`,
      partitions: [{ partition, offset: String(cut) }],
    });
    const second = await bench.start([singleReader('reader.group')]);
    await second.strategy.idle();
    const lost = cut - Number(busy?.high ?? 0) / 2;
    expect(await bench.effects('reader.group')).toHaveLength(40 - lost);
  });

  it('commits no unhandled event, even when stopped in the middle', async () => {
    const behave = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    await bench.publish(bench.streams.many(200, keys));
    const process = await bench.start([singleReader('reader.group', { behave })]);
    await until('some are handled', async () => (await bench.effects('reader.group')).length > 20);
    await process.stop();
    const handled = new Set((await bench.effects('reader.group')).map((each) => `${each.key}/${each.n}`));
    const [committed] = await admin.fetchOffsets({
      groupId: `${prefix}reader.group`,
      topics: [`${prefix}${testTopic}`],
    });
    const next = new Map(committed?.partitions.map((each) => [each.partition, Number(each.offset)]));
    const ahead = (await bench.carried.messages(testTopic)).filter(
      (each) =>
        Number(each.offset) < (next.get(each.partition) ?? -1) &&
        !handled.has(`${each.key}/${each.headers['ce_streamversion']}`),
    );
    expect(ahead).toEqual([]);
    expect(handled.size).toBeLessThan(200);
  });

  it('parks a message that PostgreSQL cannot store', async () => {
    const odd = { ...altered(bench.streams.next(key(1)), { headers: { odd: 'a\0b' }, value: '\0' }) };
    const noKey: OutgoingMessage = { ...altered(bench.streams.next(key(2)), {}), key: null, partition: 3 };
    const nulKey: OutgoingMessage = { ...bench.streams.next(key(3)), key: 'a\0' };
    await bench.publish([odd, noKey, nulKey, bench.streams.next(key(4))]);
    const process = await bench.start([singleReader('reader.group')]);
    await process.strategy.idle();
    expect(orderByKey(await bench.effects('reader.group'))).toEqual({ [key(4)]: [1] });
    expect((await bench.parked()).map((each) => each.reason).sort()).toEqual([
      "ce_partitionkey differs from the message's key",
      "ce_partitionkey differs from the message's key",
      'its value is not JSON',
    ]);
  });

  it('keeps the number of partitions of a topic, and starts with any number [F5]', async () => {
    await bench.transport.prepare([testTopic, 'more.events'], testPartitions + 1);
    const { topics } = await admin.fetchTopicMetadata({ topics: [`${prefix}${testTopic}`, `${prefix}more.events`] });
    const counts = topics.map(({ name, partitions }) => [name.slice(prefix.length), partitions.length]).sort();
    expect(counts).toEqual([
      ['more.events', testPartitions + 1],
      [testTopic, testPartitions],
    ]);
  });

  it.each([testPartitions + 2, 3])('keeps each key in its partition when there are %i [F5]', async (count) => {
    const topic = `of-${count}.events`;
    const publisher = bench.transport.publisher('referrals');
    const found = (): Promise<readonly IncomingMessage[]> => everythingIn(brokers, `${prefix}${topic}`);
    const many = Array.from({ length: 30 }, (_, n) => key(n));
    await bench.transport.prepare([topic], Math.min(count, testPartitions));
    await publisher.send(topic, bench.streams.many(30, many));
    if (count > testPartitions) {
      await admin.createPartitions({ topicPartitions: [{ topic: `${prefix}${topic}`, count }] });
    }
    const later = bench.transport.publisher('referrals');
    await later.send(topic, bench.streams.many(30, many));
    expect(await later.partitionsOf(topic)).toBe(Math.min(count, testPartitions));
    const places = Map.groupBy(await found(), (each) => each.key);
    expect(places.size).toBe(30);
    for (const own of places.values()) expect(new Set(own.map((each) => each.partition)).size).toBe(1);
  });

  it('starts without brokers, says so, and stops immediately', async () => {
    const nowhere = kafkaTransport({ brokers: ['127.0.0.1:9'] });
    const strategy = nowhere.strategy({ service: 'reader', unitOfWork: bench.unitOfWork, clock: bench.clock });
    strategy.addHandler(...(await handlerOf(singleReader('reader.group'))));
    await new Promise((resolve) => strategy.listen(resolve));
    expect(strategy.readiness()).toMatchObject({ ready: false });
    expect(strategy.readiness().detail).toContain('reader.group');
    expect(strategy.readiness().detail).not.toContain('127.0.0.1');
    await strategy.close();
    await nowhere.close();
  });

  it('reads a topic that did not exist at first', async () => {
    const other = `${randomUUID()}.`;
    const late = kafkaTransport({ brokers, prefix: other });
    const strategy = late.strategy({ service: 'reader', unitOfWork: bench.unitOfWork, clock: bench.clock });
    strategy.addHandler(...(await handlerOf(singleReader('reader.late'))));
    await new Promise((resolve) => strategy.listen(resolve));
    await until('it says what is missing', () => strategy.readiness().detail.includes('stopped'));
    await late.prepare([testTopic], testPartitions);
    await until('it reads', () => strategy.readiness().ready);
    await strategy.close();
    await late.close();
  });

  it('handles all once when it is stopped and started under load', async () => {
    let sent = 0;
    const sending = (async () => {
      for (; sent < 40; sent += 1) await bench.publish(bench.streams.many(20, keys));
    })();
    for (let round = 0; round < 3; round += 1) {
      const process = await bench.start([singleReader('reader.group')]);
      await until('it reads', () => process.strategy.readiness().ready);
      await process.stop();
    }
    await sending;
    const last = await bench.start([singleReader('reader.group')]);
    await last.strategy.idle();
    expect(orderByKey(await bench.effects('reader.group'))).toEqual(allOf(200));
  });
});

/** A pattern and a handler that is never called, as Nest would add them. */
async function handlerOf(controller: ReturnType<typeof singleReader>): Promise<[object, never, true, object]> {
  const { prototype } = controller as { prototype: Record<string, object> };
  const method = prototype['onNoted'] ?? {};
  const [pattern] = Reflect.getMetadata(PATTERN_METADATA, method) as object[];
  const extras = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, method) as object;
  const never = (() => Promise.resolve()) as never;
  return Promise.resolve([pattern ?? {}, never, true, extras]);
}
