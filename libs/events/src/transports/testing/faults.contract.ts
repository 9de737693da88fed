import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '#persistence';
import type { TestDatabase } from '#testing';
import { FaultyUnitOfWork, ReaderBench, orderByKey, readersDatabase, until } from './reader-bench.ts';
import type { Carries } from './reader-bench.ts';
import { key } from './test-events.ts';
import { batchReader, effectStatement, singleReader } from './test-readers.ts';

const keys = [key(1), key(2), key(3), key(4)];
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const allOf = (count: number): object => Object.fromEntries(keys.map((each) => [each, upTo(count)]));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What must hold under every fault, on every transport. */
export function faultsContract(name: string, carries: Carries): void {
  describe(`Faults of a reader (${name})`, () => {
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

    it.each([
      ['one by one', singleReader],
      ['in batches', batchReader],
    ])('handles once an event that is delivered again after a crash hid its commit (%s)', async (_, reader) => {
      let crashes = 3;
      const unitOfWork = new FaultyUnitOfWork(bench.unitOfWork, {
        // the commit succeeds, its answer is lost, and the offset is not written
        afterCommit: (statements) => {
          if (!statements.includes(effectStatement) || crashes === 0) return;
          crashes -= 1;
          throw new Unavailable(new Error('cut'));
        },
      });
      const process = await bench.start([reader('reader.group')], { unitOfWork });
      await bench.publish(bench.streams.many(20, keys));
      await process.strategy.idle();
      expect(crashes).toBe(0);
      expect(orderByKey(await bench.effects('reader.group'))).toEqual(allOf(5));
      expect(await bench.parked()).toEqual([]);
    });

    it('parks nothing while the database is unavailable, and continues by itself', async () => {
      let away = 0;
      const unitOfWork = new FaultyUnitOfWork(bench.unitOfWork, {
        beforeBegin: () => {
          if (away === 0) return;
          away -= 1;
          throw new Unavailable(new Error('no database'));
        },
      });
      await bench.publish(bench.streams.many(12, keys));
      const process = await bench.start([singleReader('reader.group')], { unitOfWork });
      away = 6;
      await until('it has read all', async () => (await bench.effects('reader.group')).length === 12);
      expect(orderByKey(await bench.effects('reader.group'))).toEqual(allOf(3));
      expect(await bench.parked()).toEqual([]);
      await until('it is ready', () => process.strategy.readiness().ready);
    });

    it.each([
      ['one by one', singleReader],
      ['in batches', batchReader],
    ])('retries, and never parks, after a deadlock (%s)', async (_, reader) => {
      let meetings = 5;
      const behave = (): void => {
        if (meetings > 0 && (meetings -= 1) >= 0) throw Object.assign(new Error('deadlock'), { code: '40P01' });
      };
      const process = await bench.start([reader('reader.group', { behave })]);
      await bench.publish(bench.streams.many(8, keys));
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.group'))).toEqual(allOf(2));
      expect(await bench.parked()).toEqual([]);
    });

    it('loses nothing when it is stopped in the middle of a batch', async () => {
      let running = 0;
      const behave = async (): Promise<void> => {
        running += 1;
        await pause(20);
        running -= 1;
      };
      await bench.publish(bench.streams.many(80, keys));
      const first = await bench.start([singleReader('reader.group', { behave })]);
      await until('some are handled', async () => (await bench.effects('reader.group')).length > 4);
      await first.stop();
      expect(running).toBe(0);
      const handled = (await bench.effects('reader.group')).length;
      expect(handled).toBeLessThan(80);
      await pause(100);
      expect(await bench.effects('reader.group')).toHaveLength(handled);
      const second = await bench.start([singleReader('reader.group')]);
      await second.strategy.idle();
      expect(orderByKey(await bench.effects('reader.group'))).toEqual(allOf(20));
    });

    it('continues by itself after a TypeError in our code', async () => {
      let bugs = 2;
      const unitOfWork = new FaultyUnitOfWork(bench.unitOfWork, {
        beforeStatement: (statement) => {
          if (statement !== 'parked add' || bugs === 0) return;
          bugs -= 1;
          throw new TypeError('a bug in our parking');
        },
      });
      const behave = ({ key: of }: { readonly key: string }): void => {
        if (of === keys[0]) throw new Error('poison');
      };
      const process = await bench.start([singleReader('reader.group', { behave })], { unitOfWork });
      await bench.publish(bench.streams.many(8, keys));
      await process.strategy.idle();
      expect(bugs).toBe(0);
      expect((await bench.parked()).map((each) => [each.key, each.reason, each.waitingBehind])).toEqual([
        [keys[0], 'Error: poison', 1],
      ]);
      const rest = Object.fromEntries(keys.slice(1).map((each) => [each, upTo(2)]));
      expect(orderByKey(await bench.effects('reader.group'))).toEqual(rest);
    });

    it('is ready immediately when it has nothing to read, and can be closed repeatedly', async () => {
      const process = await bench.start([]);
      expect(process.strategy.readiness()).toEqual({ ready: true, detail: 'every group reads' });
      expect(await process.strategy.lag()).toEqual([]);
      await process.strategy.idle();
      await process.stop();
      await process.strategy.close();
    });

    it('refuses to start readers that could not keep their guarantees', async () => {
      await expect(bench.start([singleReader('reader.twice'), batchReader('reader.twice')])).rejects.toThrow(
        /read by two methods|one by one and in batches/,
      );
    });
  });
}
