import type { Clock } from '#events';
import { statement, UnitOfWork, withClient, type MigrationClass } from '#persistence';
import type { SeedContext } from '#service';
import { testDatabase } from './database.ts';
import { FakeClock } from './fake-clock.ts';
import { seededIds } from './seeded-ids.ts';

/**
 * A service's seed on a database of its own: run, interrupted, run again. `R` is one row with everything that it created.
 */
export interface SeedBench<R> {
  /** `number` makes the ids; by default the clock stands still. */
  run(number: number, clock?: Clock): Promise<void>;
  /** The start fails with 'interrupted' at that reading of the clock. */
  interrupted(reading: number): Promise<void>;
  rows(): Promise<R>;
  /** Empties every table. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export async function seedBench<R extends object>(of: {
  readonly service: string;
  readonly migrations: readonly MigrationClass[];
  readonly seed: (context: SeedContext) => Promise<void>;
  /** The service's own tables that the seed fills. */
  readonly tables: readonly string[];
  /** A select of one row. */
  readonly everything: string;
}): Promise<SeedBench<R>> {
  // imported late: the specs of lower libs do not need a whole service
  const { CLOCK, EventLog, IDS } = await import('#events');
  const { service, seed } = of;
  const database = await testDatabase(service, of.migrations);
  const everything = statement('everything seeded', of.everything);
  const run = (number: number, clock: Clock = new FakeClock()): Promise<void> => {
    const ids = seededIds(number);
    const parts = new Map<unknown, unknown>([
      [EventLog, new EventLog({ service, ids })],
      [UnitOfWork, database.unitOfWork],
      [CLOCK, clock],
      [IDS, ids],
    ]);
    return seed({ demo: false, get: <T>(token: unknown) => parts.get(token) as T });
  };
  return {
    run,
    interrupted: (reading) => run(reading, clockUntil(reading)),
    rows: async () => {
      const [row] = await database.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query<R>(everything));
      if (row === undefined) throw new Error('a select of one row gave none');
      return row;
    },
    // As the owner, because policies do not apply to its TRUNCATE.
    forget: async () => {
      const tables = [...of.tables, 'event', 'stream'].join(', ');
      await withClient(database.ownerUrl, (client) => client.query(`set search_path = ${service}; truncate ${tables}`));
    },
    close: () => database.close(),
  };
}

function clockUntil(reading: number): Clock {
  const clock = new FakeClock();
  let readings = 0;
  return {
    now: () => {
      readings += 1;
      if (readings >= reading) throw new Error('interrupted');
      return clock.now();
    },
  };
}
