import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from 'cloudevents';
import { Kafka } from 'cloudevents';
import type { TestDatabase } from '#testing';
import { statement } from '#persistence';
import { ReaderBench, orderByKey, readersDatabase, testPartitions, until } from './reader-bench.ts';
import type { Carries } from './reader-bench.ts';
import { Shelved, key, testTime, testTopic } from './test-events.ts';
import { batchReader, singleReader } from './test-readers.ts';

const keys = [key(1), key(2), key(3), key(4), key(5)];
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const allOf = (count: number): object => Object.fromEntries(keys.map((each) => [each, upTo(count)]));

/** What readers may rely on, on every transport. */
export function readingContract(name: string, carries: Carries): void {
  describe(`Reading events (${name})`, () => {
    let database: TestDatabase;
    let bench: ReaderBench;
    beforeAll(async () => {
      database = await readersDatabase();
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      bench = await ReaderBench.open(database, carries);
    });
    afterEach(() => bench?.close());

    it('handles the events of a key in the order of their versions', async () => {
      const process = await bench.start([singleReader('reader.single'), batchReader('reader.batch')]);
      await bench.publish(bench.streams.many(60, keys));
      await bench.publish(bench.streams.many(40, keys));
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.single'))).toEqual(allOf(20));
      expect(orderByKey(await bench.effects('reader.batch'))).toEqual(allOf(20));
    });

    it('reads what was published before the reader first started', async () => {
      await bench.publish(bench.streams.many(10, keys));
      const process = await bench.start([singleReader('reader.single')]);
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.single'))).toEqual(allOf(2));
    });

    it('handles an event once although it is delivered twice', async () => {
      const process = await bench.start([singleReader('reader.single'), batchReader('reader.batch')]);
      const messages = bench.streams.many(20, keys);
      await bench.publish([...messages, ...messages]);
      await process.strategy.idle();
      await bench.publish(messages);
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.single'))).toEqual(allOf(4));
      expect(orderByKey(await bench.effects('reader.batch'))).toEqual(allOf(4));
    });

    it('gives a batch reader many events in one transaction', async () => {
      const sizes: number[] = [];
      await bench.publish(bench.streams.many(200, keys));
      const process = await bench.start([batchReader('reader.batch', { seen: (size) => sizes.push(size) })]);
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.batch'))).toEqual(allOf(40));
      expect(sizes.length).toBeLessThanOrEqual(2 * testPartitions);
    });

    it('delivers a watermark after everything before it in its partition, with the number of partitions', async () => {
      const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
      const process = await bench.start([singleReader('reader.single', { behave: slow })]);
      // one key, so one partition; the topic tells which one
      await bench.publish(bench.streams.many(20, [key(1)]));
      const [first] = await bench.carried.messages(testTopic);
      await bench.publish([bench.streams.tide(first?.partition ?? 0), bench.streams.next(key(1))]);
      await process.strategy.idle();
      expect(await bench.marks('reader.single')).toEqual([
        { said: `${testTime} of ${testPartitions}`, partition: first?.partition, before: 20 },
      ]);
      expect((await bench.effects('reader.single')).length).toBe(21);
    });

    it('knows how far each stream was read, including events that the group has no handler for', async () => {
      const process = await bench.start([singleReader('reader.single'), batchReader('reader.batch')]);
      await bench.publish([
        bench.streams.next(key(1)),
        bench.streams.next(key(1), Shelved),
        bench.streams.next(key(2)),
      ]);
      await process.strategy.idle();
      const reached = (of: string, groups?: readonly string[]): Promise<number> =>
        bench.unitOfWork.run({ kind: 'system', key: '' }, (tx) => process.inbox.reached(tx, 'referrals', of, groups));
      expect(await reached(key(1))).toBe(2);
      expect(await reached(key(2))).toBe(1);
      expect(await reached(key(3))).toBe(0);
      expect(await reached(key(1), ['reader.single', 'reader.other'])).toBe(0);
      expect(process.inbox.follows('referrals')).toBe(true);
      expect(process.inbox.follows('consent')).toBe(false);
    });

    it('reports how far each group is behind in each partition', async () => {
      await bench.publish(bench.streams.many(30, keys));
      const process = await bench.start([singleReader('reader.single')]);
      await process.strategy.idle();
      const lags = await process.strategy.lag();
      expect(lags.map((each) => each.partition).sort()).toEqual(upTo(testPartitions).map((n) => n - 1));
      expect(lags.map((each) => each.lag)).toEqual(lags.map(() => 0));
      expect(lags.reduce((sum, each) => sum + Number(each.end), 0)).toBe(30);
      await until('it is ready', () => process.strategy.readiness().ready);
    });

    it('carries CloudEvents in binary mode', async () => {
      const sent = bench.streams.next(key(1));
      await bench.publish([sent]);
      const [message] = await bench.carried.messages(testTopic);
      expect(message).toMatchObject({ key: key(1), headers: sent.headers, value: sent.value });
      const read = Kafka.toEvent({
        headers: { ...message?.headers },
        key: message?.key ?? '',
        value: message?.value ?? '',
        body: message?.value ?? '',
      } as never) as CloudEvent<unknown>;
      expect(read).toMatchObject({ type: 'referral.noted', source: '/referrals', subject: `referral/${key(1)}` });
      expect(read.validate()).toBe(true);
    });

    it('shares its partitions between two processes, and loses and duplicates nothing as they come and go', async () => {
      const single = (by: string): ReturnType<typeof singleReader> => singleReader('reader.single', { by });
      const many = Array.from({ length: 24 }, (_, i) => key(100 + i));
      const a = await bench.start([single('a')]);
      await bench.publish(bench.streams.many(48, many));
      const b = await bench.start([single('b')]);
      for (let round = 0; ; round += 1) {
        await bench.publish(bench.streams.many(24, many));
        await a.strategy.idle();
        if (new Set((await bench.effects('reader.single')).map((each) => each.by)).size === 2) break;
        if (round > 100) throw new Error('the second process never got a share');
      }
      await a.stop();
      await bench.publish(bench.streams.many(48, many));
      await b.strategy.idle();
      const found = await bench.effects('reader.single');
      const each = found.length / many.length;
      expect(orderByKey(found)).toEqual(Object.fromEntries(many.map((of) => [of, upTo(each)])));
    });

    it('counts as handled only what its transaction committed', async () => {
      const process = await bench.start([singleReader('reader.single'), batchReader('reader.batch')]);
      await bench.publish(bench.streams.many(25, keys));
      await process.strategy.idle();
      const agree = statement(
        'test agree',
        `select count(*)::int as effects, count(inbox.event_id)::int as inboxed from effect
           left join inbox on inbox.group_name = effect.group_name and inbox.event_id = effect.event_id`,
      );
      expect(await bench.read(agree, [])).toEqual([{ effects: 50, inboxed: 50 }]);
    });
  });
}
