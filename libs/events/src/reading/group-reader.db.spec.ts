import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import fc from 'fast-check';
import { statement } from '#persistence';
import { FakeClock, seededIds } from '#testing';
import type { TestDatabase } from '#testing';
import { Contiguous } from '../lanes/contiguous.ts';
import type { RetryClock } from '../lanes/retry-clock.ts';
import { Slots } from '../lanes/slots.ts';
import type { IncomingMessage } from '../messages.ts';
import { Parking } from '../parking/parking.ts';
import { Redriver } from '../parking/redriver.ts';
import { orderByKey, readersDatabase } from '../transports/testing/reader-bench.ts';
import { Noted, Streams, key } from '../transports/testing/test-events.ts';
import { batchReader, singleReader } from '../transports/testing/test-readers.ts';
import type { Behaviour, Effect } from '../transports/testing/test-readers.ts';
import { GroupReader } from './group-reader.ts';
import type { ReadMode } from './pattern.ts';

/** One generated run of a partition: the order of the events, which ones fail, how they are fetched and which come twice. */
const stories = fc.record({
  mode: fc.constantFrom<ReadMode>('one', 'batch'),
  keys: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 14 }),
  poison: fc.array(fc.nat({ max: 13 }), { maxLength: 2 }),
  fetched: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 }),
  repeats: fc.array(fc.nat({ max: 13 }), { maxLength: 3 }),
  parallel: fc.integer({ min: 1, max: 4 }),
  // after how many calls of `goOn` a fetch is stopped; unfinished messages are then delivered again
  stops: fc.array(fc.option(fc.nat({ max: 4 }), { nil: Infinity, freq: 2 }), { maxLength: 8 }),
});
type Story = typeof stories extends fc.Arbitrary<infer S> ? S : never;

const effects = statement('test story effects', `select key, nth as n, by_whom as by from effect order by seq`);
const parked = statement('test story parked', `select key, because, event_id as id from parked order by place`);
const storedIds = statement(
  'test story stored',
  `select event_id::text as id from effect union all select event_id from parked`,
);
const group = 'reader.story';

describe('A group that reads one partition', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await readersDatabase();
  });
  afterAll(() => database.close());

  function read<Row extends object>(what: typeof effects): Promise<readonly Row[]> {
    return database.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query<Row>(what));
  }

  /** The reader as a strategy makes it, but the scheduler decides which lane continues. */
  function readerOf(story: Story, scheduler: fc.Scheduler, behave: Behaviour): GroupReader {
    const clock = new FakeClock();
    const kit = { unitOfWork: database.unitOfWork, clock };
    let elapsed = 0;
    const retryClock: RetryClock = {
      sleep: async (ms) => {
        elapsed += ms;
        await scheduler.schedule(Promise.resolve(), `slept ${ms}`);
      },
      elapsed: () => elapsed,
      random: () => 0.5,
    };
    const made = story.mode === 'one' ? singleReader : batchReader;
    const controller = new (made(group, { behave }) as Type<Record<string, (delivery: unknown) => Promise<unknown>>>)();
    const method = story.mode === 'one' ? 'onNoted' : 'onEvents';
    const nest = (delivery: unknown): Promise<unknown> => controller[method]?.(delivery) ?? Promise.resolve();
    const handler = { mode: story.mode, event: Noted, method: Symbol(method), nest };
    return new GroupReader({
      handlers: { group, byType: new Map([[Noted.type, handler]]), topics: ['referrals.events'] },
      kit,
      parking: new Parking({ ...kit, ids: seededIds() }),
      slots: new Slots(story.parallel),
      retryClock,
      onLostMark: () => undefined,
    });
  }

  it('handles each event once and in order, parks a failing event and those behind it, and handles all after a redrive', async () => {
    const law = fc.asyncProperty(fc.scheduler(), stories, async (scheduler, story) => {
      await database.dataSource.query('delete from effect; delete from inbox; delete from reached; delete from parked');
      const topic = partitionOf(story);
      const poison = new Set(story.poison.flatMap((place) => topic.events[place]?.headers['ce_id'] ?? []));
      let ill = true;
      const behave: Behaviour = async ({ id }) => {
        await scheduler.schedule(Promise.resolve(), `handling ${id}`);
        if (ill && poison.has(id)) throw new Error('poison');
      };
      const reader = readerOf(story, scheduler, behave);
      const stops = [...story.stops];
      for (const messages of topic.fetches) {
        for (let from = 0; from < messages.length;) {
          let budget = stops.pop() ?? Infinity;
          const rest = messages.slice(from);
          const done = new Contiguous(rest.length);
          await scheduler.waitFor(reader.read(rest, 6, done, () => (budget -= 1) >= 0));
          // never ahead: every offset that may be committed belongs to a stored result
          const stored = new Set((await read<{ id: string }>(storedIds)).map((row) => row.id));
          const ahead = rest.slice(0, done.length).filter((each) => !stored.has(each.headers['ce_id'] ?? ''));
          expect(ahead).toEqual([]);
          if (budget === Infinity) expect(done.complete).toBe(true);
          from += done.length;
        }
      }
      const wanted = expected(topic.events, poison);
      expect(orderByKey(await read<Effect>(effects))).toEqual(wanted.handled);
      const found = await read<{ key: string; because: string }>(parked);
      expect(becauseByKey(found)).toEqual(wanted.parked);

      ill = false;
      await database.dataSource.query('update parked set redrive = true');
      const kit = { unitOfWork: database.unitOfWork, clock: new FakeClock() };
      const redriver = new Redriver({
        ...kit,
        readers: [reader],
        onTrouble: (error) => scheduler.report().push(error as never),
      });
      redriver.start();
      await scheduler.waitFor(redriver.drained());
      await redriver.stop();
      expect(orderByKey(await read<Effect>(effects))).toEqual(expected(topic.events, new Set()).handled);
      expect(await read(parked)).toEqual([]);
    });
    await fc.assert(law, { numRuns: 60 });
  });
});

/** The messages of the run, in fetches; some messages are delivered again. */
function partitionOf(story: Story): {
  events: readonly IncomingMessage[];
  fetches: readonly (readonly IncomingMessage[])[];
} {
  const streams = new Streams(seededIds());
  const events = story.keys.map((n, offset): IncomingMessage => ({
    topic: 'referrals.events',
    partition: 0,
    offset: String(offset),
    ...streams.next(key(n)),
  }));
  const fetches: IncomingMessage[][] = [];
  for (let from = 0, i = 0; from < events.length; i += 1) {
    const size = story.fetched[i % story.fetched.length] ?? 1;
    // a fetch restarts where an earlier commit was lost: some events before it come a second time
    const again = Math.min(story.repeats[i] ?? 0, from);
    fetches.push(events.slice(from - again, from + size));
    from += size;
  }
  return { events, fetches };
}

/**
 * Computed independently: all events of a key before its first poison event are handled, that one failed, the rest waits.
 */
function expected(
  events: readonly IncomingMessage[],
  poison: ReadonlySet<string>,
): { handled: Record<string, number[]>; parked: Record<string, string[]> } {
  const handled: Record<string, number[]> = {};
  const stopped: Record<string, string[]> = {};
  for (const { key: of, headers } of events) {
    const name = of ?? '';
    const behind = stopped[name];
    if (behind !== undefined) behind.push('waits');
    else if (poison.has(headers['ce_id'] ?? '')) stopped[name] = ['failed'];
    else (handled[name] ??= []).push(Number(headers['ce_streamversion']));
  }
  return { handled, parked: stopped };
}

function becauseByKey(rows: readonly { key: string; because: string }[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { key: of, because } of rows) (found[of] ??= []).push(because);
  return found;
}
