import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inLanes } from './lanes.ts';
import { Slots } from './slots.ts';

interface Item {
  readonly key: string;
  readonly n: number;
}
const items = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 20 })
  .map((keys) => keys.map((key, n): Item => ({ key, n })));

/** Records which items run at the same time. */
class Watch {
  readonly begun: Item[] = [];
  readonly ended: Item[] = [];
  most = 0;

  constructor(private readonly scheduler: fc.Scheduler) {}

  async work(item: Item, fails: boolean): Promise<void> {
    this.begun.push(item);
    this.most = Math.max(this.most, this.running.length);
    await this.scheduler.schedule(Promise.resolve(), `${item.key}${item.n}`);
    this.ended.push(item);
    if (fails) throw new Error(`${item.n}`);
  }

  get running(): readonly Item[] {
    return this.begun.filter((item) => !this.ended.includes(item));
  }
}

describe('Lanes', () => {
  it('handle every item, each key in order and never two items of a key in parallel, within the limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), items, fc.integer({ min: 1, max: 5 }), async (scheduler, given, parallel) => {
        const watch = new Watch(scheduler);
        const slots = new Slots(parallel);
        const work = (item: Item): Promise<void> =>
          slots.use(async () => {
            expect(watch.running.map((each) => each.key)).not.toContain(item.key);
            await watch.work(item, false);
          });
        await scheduler.waitFor(
          inLanes(
            given,
            (item) => item.key,
            work,
            () => true,
          ),
        );
        expect(watch.ended.toSorted((a, b) => a.n - b.n)).toEqual(given);
        const orders = Map.groupBy(watch.begun, (item) => item.key);
        for (const own of orders.values()) expect(own).toEqual(own.toSorted((a, b) => a.n - b.n));
        expect(watch.most).toBeLessThanOrEqual(parallel);
      }),
    );
  });

  it('start nothing after a failure, and throw it only when nothing runs any more', async () => {
    const failing = fc.tuple(
      items.filter((all) => all.length > 0),
      fc.nat(),
    );
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), failing, async (scheduler, [given, chosen]) => {
        const watch = new Watch(scheduler);
        const bad = chosen % given.length;
        let begunAtFailure = Infinity;
        const work = async (item: Item): Promise<void> => {
          await watch.work(item, item.n === bad).catch((error: unknown) => {
            begunAtFailure = Math.min(begunAtFailure, watch.begun.length);
            throw error;
          });
        };
        const run = inLanes(
          given,
          (item) => item.key,
          work,
          () => true,
        );
        await expect(scheduler.waitFor(run)).rejects.toThrow(`${bad}`);
        expect(watch.running).toEqual([]);
        expect(watch.begun.length).toBe(begunAtFailure);
      }),
    );
  });

  it('start nothing after a stop, and wait for what runs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), items, fc.nat({ max: 20 }), async (scheduler, given, after) => {
        const watch = new Watch(scheduler);
        const goOn = (): boolean => watch.ended.length < after;
        const work = (item: Item): Promise<void> => {
          expect(goOn()).toBe(true);
          return watch.work(item, false);
        };
        await scheduler.waitFor(inLanes(given, (item) => item.key, work, goOn));
        expect(watch.running).toEqual([]);
        expect(watch.ended.length).toBeGreaterThanOrEqual(Math.min(after, given.length));
      }),
    );
  });
});

describe('Slots', () => {
  it('are released after a failure too', async () => {
    const slots = new Slots(1);
    await expect(slots.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.use(() => Promise.resolve('yes'))).toBe('yes');
  });

  it('need a count of at least one', () => {
    expect(() => new Slots(0)).toThrow('at least 1');
  });
});
