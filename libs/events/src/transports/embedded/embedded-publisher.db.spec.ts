import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '#persistence';
import type { TestDatabase } from '#testing';
import { seededIds } from '#testing';
import { readersDatabase } from '../testing/reader-bench.ts';
import { Streams, key, testTopic } from '../testing/test-events.ts';
import { embeddedTransport } from './embedded-transport.ts';
import { partitionOf } from './partition-of.ts';

interface Row {
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly version: number;
}

describe('Topics in PostgreSQL', () => {
  let database: TestDatabase;
  const transport = (): ReturnType<typeof embeddedTransport> => embeddedTransport({ adminUrl: database.adminUrl });
  beforeAll(async () => {
    database = await readersDatabase();
    await transport().prepare([testTopic], 3);
  });
  afterAll(() => database.close());

  const rows = (): Promise<readonly Row[]> =>
    withClient(database.adminUrl, async (client) => {
      const { rows: found } = await client.query<Row>(
        `select partition, "offset"::int, key, (headers ->> 'ce_streamversion')::int as version
           from embedded_transport.message where topic = $1 order by partition, "offset"`,
        [testTopic],
      );
      return found;
    });

  it('give offsets without gaps, visible in order, however many publish concurrently', async () => {
    const ids = seededIds();
    const transports = Array.from({ length: 4 }, transport);
    const streams = new Streams(ids);
    const publish = async (each: ReturnType<typeof transport>, n: number): Promise<void> => {
      const publisher = each.publisher('referrals');
      for (let round = 0; round < 25; round += 1) {
        await publisher.send(testTopic, streams.many(7, [key(n * 10), key(n * 10 + 1), key(n * 10 + 2)]));
      }
      await publisher.close();
    };
    const all = Promise.all(transports.map(publish));
    const looks: (readonly Row[])[] = [];
    let over = false;
    void all.finally(() => (over = true));
    while (!over) looks.push(await rows());
    await all;
    looks.push(await rows());
    for (const look of looks) {
      for (const own of Map.groupBy(look, (row) => row.partition).values()) {
        expect(own.map((row) => row.offset)).toEqual(own.map((_, i) => i));
      }
    }
    const last = looks.at(-1) ?? [];
    expect(last).toHaveLength(4 * 25 * 7);
    for (const own of Map.groupBy(last, (row) => row.key).values()) {
      expect(own.map((row) => row.version)).toEqual(own.map((_, i) => i + 1));
    }
  });

  it('store all messages of a send or none, and only in prepared topics', async () => {
    const publisher = transport().publisher('referrals');
    const before = (await rows()).length;
    const [first, second] = new Streams(seededIds(2)).many(2, [key(1)]);
    const wrong = [first, { ...second, partition: 9 }] as Parameters<typeof publisher.send>[1];
    await expect(publisher.send(testTopic, wrong)).rejects.toThrow('prepared first');
    await expect(publisher.send('other.events', wrong)).rejects.toThrow('must be prepared first');
    expect(await rows()).toHaveLength(before);
    await publisher.send(testTopic, wrong.slice(0, 1));
    expect(await rows()).toHaveLength(before + 1);
    await publisher.close();
  });

  it('keep their number of partitions, and start with any number [F5]', async () => {
    await transport().prepare([testTopic, 'more.events'], 4);
    const publisher = transport().publisher('referrals');
    expect([await publisher.partitionsOf(testTopic), await publisher.partitionsOf('more.events')]).toEqual([3, 4]);
    await publisher.close();
  });

  it('put a key into the same partition for ever (FNV-1a)', () => {
    const whole = 2 ** 32;
    expect([partitionOf('', whole), partitionOf('a', whole), partitionOf('foobar', whole)]).toEqual([
      0x811c9dc5, 0xe40c292c, 0xbf9cf968,
    ]);
  });
});
