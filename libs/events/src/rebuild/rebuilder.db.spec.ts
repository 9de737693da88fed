import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { EventEnvelope } from '#contracts';
import { statement, type Tx } from '#persistence';
import { FakeClock, seededIds, testDatabase, type TestDatabase } from '#testing';
import { Contiguous } from '../lanes/contiguous.ts';
import { systemRetryClock } from '../lanes/retry-clock.ts';
import { Slots } from '../lanes/slots.ts';
import type { OutgoingMessage } from '../messages.ts';
import { Parking } from '../parking/parking.ts';
import { Reads, ReadsBatch } from '../reading/decorators.ts';
import type { BatchContext, ReadContext } from '../reading/delivery.ts';
import { GroupReader } from '../reading/group-reader.ts';
import type { GroupHandlers } from '../reading/handlers.ts';
import { discardTables } from '../parking/discard.tables.ts';
import { eventTables } from '../tables.ts';
import { Noted, Streams, key } from '../transports/testing/test-events.ts';
import { rebuildTables } from './rebuild.tables.ts';
import { Rebuilder } from './rebuilder.ts';
import { Rebuilds } from './rebuilds.ts';
import type { LogSource } from './streams.ts';

const group = 'reader.notes';

class NoteTables1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...eventTables, ...rebuildTables, ...discardTables]) await runner.query(sql);
    await runner.query('create table note (referral_id uuid not null, n int not null)');
  }

  async down(): Promise<void> {}
}

const write = statement('test note', 'insert into note (referral_id, n) select * from unnest($1::uuid[], $2::int[])');
const notes = statement('test notes', 'select referral_id as key, n from note order by referral_id, n');
const spoil = statement('test spoil', `delete from note where n % 2 = 0`);
const wipe = statement(
  'test wipe',
  `with a as (delete from note), b as (delete from inbox), c as (delete from reached) delete from rebuild`,
);

async function writeNotes(tx: Tx, envelopes: readonly EventEnvelope[]): Promise<void> {
  await tx.query(write, [envelopes.map((each) => each.key), envelopes.map((each) => each.streamVersion)]);
}

class OneByOne {
  @Reads(group, Noted)
  async note(_event: Noted, { tx, envelope }: ReadContext): Promise<void> {
    await writeNotes(tx, [envelope]);
  }
}

class InBatches {
  @ReadsBatch(group, Noted)
  async notes(envelopes: readonly EventEnvelope[], { tx }: BatchContext): Promise<void> {
    await writeNotes(tx, envelopes);
  }
}

/**
 * How long each stream is, how it is read, and what happens meanwhile: the live reader continues, the source is
 * unavailable.
 */
const stories = fc.record({
  mode: fc.constantFrom<'one' | 'batch'>('one', 'batch'),
  lengths: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
  page: fc.integer({ min: 1, max: 12 }),
  /** After which request to the source which stream gets one more event; the live reader handles it immediately. */
  meanwhile: fc.array(fc.option(fc.nat({ max: 5 }), { nil: undefined }), { maxLength: 8 }),
  away: fc.array(fc.boolean(), { maxLength: 6 }),
  twice: fc.boolean(),
});

describe('A rebuild', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase('reader', [NoteTables1764000000001]);
  });
  afterAll(() => database.close());

  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.unitOfWork.run({ kind: 'system', key: '' }, work);

  function handlersOf(mode: 'one' | 'batch'): GroupHandlers {
    const controller = mode === 'one' ? new OneByOne() : new InBatches();
    const method = (mode === 'one' ? OneByOne.prototype.note : InBatches.prototype.notes) as unknown as (
      delivery: unknown,
    ) => Promise<unknown>;
    const nest = (delivery: unknown): Promise<unknown> => method.call(controller, delivery);
    const handler = { mode, event: Noted, method: Symbol(mode), nest };
    return { group, byType: new Map([[Noted.type, handler]]), topics: ['referrals.events'] };
  }

  it('ends with every event of every stream in its rows once, whatever happens meanwhile and however often it stops', async () => {
    const law = fc.asyncProperty(stories, async ({ mode, lengths, page, meanwhile, away, twice }) => {
      await inSystem((tx) => tx.query(wipe));
      const ids = seededIds();
      const streams = new Streams(ids);
      const log = lengths.flatMap((length, n) => Array.from({ length }, () => streams.next(key(n + 1))));
      const kit = { unitOfWork: database.unitOfWork, clock: new FakeClock() };
      const handlers = handlersOf(mode);
      const slots = new Slots(4);
      const reader = new GroupReader({
        handlers,
        kit,
        parking: new Parking({ ...kit, ids }),
        slots,
        retryClock: systemRetryClock,
        onLostMark: () => undefined,
      });
      let offset = 0;
      const readLive = async (messages: readonly OutgoingMessage[]): Promise<void> => {
        const incoming = messages.map((each) => ({
          ...each,
          topic: 'referrals.events',
          partition: 0,
          offset: String((offset += 1)),
        }));
        await reader.read(incoming, 1, new Contiguous(incoming.length), () => true);
      };
      // Given spoiled rows of what the live reader has read
      await readLive(log);
      await inSystem((tx) => tx.query(spoil));

      // When they are rebuilt by one or two processes, while the source is sometimes unavailable
      let questions = 0;
      const source: LogSource = async (_service, after, limit) => {
        const place = questions;
        questions += 1;
        if (away[place] === true) throw new Error('the peer is away');
        const sorted = log.toSorted((a, b) => (a.key ?? '').localeCompare(b.key ?? '') || versionOf(a) - versionOf(b));
        const answer = sorted
          .filter((each) => (each.key ?? '') > after.key || (each.key === after.key && versionOf(each) > after.version))
          .slice(0, limit);
        const busy = meanwhile[place];
        if (busy !== undefined && busy < lengths.length) {
          const next = streams.next(key(busy + 1));
          log.push(next);
          await readLive([next]);
        }
        return answer;
      };
      const rebuilders = Array.from(
        { length: twice ? 2 : 1 },
        () =>
          new Rebuilder({
            ...kit,
            groups: [handlers],
            projected: [{ group, tables: [{ table: 'note', stream: 'referral_id' }] }],
            source,
            slots,
            retryClock: systemRetryClock,
            page,
            onTrouble: () => undefined,
          }),
      );
      const rebuilds = new Rebuilds({ groups: [group] });
      await inSystem((tx) =>
        rebuilds.ask(tx, { rebuildId: ids.next(), group, askedBy: ids.next(), now: kit.clock.now() }),
      );
      rebuilders.forEach((each) => each.start());
      const [state] = await ended(rebuilders, () => inSystem((tx) => rebuilds.list(tx, { limit: 10 })));
      await Promise.all(rebuilders.map((each) => each.stop()));

      // Then the rows match the log, and the rebuild says so
      expect(state).toMatchObject({ group, state: 'done', faults: 0, waiting: null });
      const rows = await inSystem((tx) => tx.query<{ key: string; n: number }>(notes));
      const logged = log.map((each) => ({ key: each.key, n: versionOf(each) }));
      expect(rows).toEqual(logged.sort((a, b) => (a.key ?? '').localeCompare(b.key ?? '') || a.n - b.n));
    });
    await fc.assert(law, { numRuns: 60 });
  });
});

async function ended<T extends { readonly state: string }>(
  rebuilders: readonly Rebuilder[],
  list: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  for (;;) {
    await Promise.all(rebuilders.map((each) => each.drained()));
    const found = await list();
    if (found.every(({ state }) => state !== 'running')) return found;
  }
}

function versionOf({ headers }: OutgoingMessage): number {
  return Number(headers['ce_streamversion']);
}
