import type { INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { UnitOfWork, statement } from '#persistence';
import type { ComposedStatement, NamedSql, Scope, Tx } from '#persistence';
import { FakeClock, seededIds, testDatabase } from '#testing';
import type { TestDatabase } from '#testing';
import type { IncomingMessage, OutgoingMessage } from '../../messages.ts';
import { Parked } from '../../parking/parked.ts';
import type { ParkedView } from '../../parking/parked.ts';
import type { ParkedNotice } from '../../parking/parking.ts';
import { Inbox } from '../../inbox/inbox.ts';
import { waitingByItself } from '../../inbox/inbox.tables.ts';
import { discardTables } from '../../parking/discard.tables.ts';
import { resendTables } from '../../resend/resend.tables.ts';
import { eventTables } from '../../tables.ts';
import { timersAtOnce } from '../../timers/timer.tables.ts';
import type { ConsumerStrategy } from '../consumer-strategy.ts';
import type { StrategyOptions } from '../strategy-options.ts';
import type { Transport } from '../transport.ts';
import { Streams, testTopic } from './test-events.ts';
import { effectTable } from './test-readers.ts';
import type { Effect } from './test-readers.ts';

/** `Tx.query` as something that only passes a statement on sees it. */
type Untyped = (statement: NamedSql, values?: readonly unknown[]) => Promise<readonly never[]>;

export const testPartitions = 6;

/** One way of carrying events, as the suite needs it. Each test gets its own topics and groups. */
export interface CarriedBy {
  /** Another process's view of the same topics. */
  transport(): Transport;
  /** All messages of the topic, in no order between partitions. */
  messages(topic: string): Promise<readonly IncomingMessage[]>;
  close(): Promise<void>;
}

export type Carries = (database: TestDatabase) => Promise<CarriedBy>;

class ReadingTables1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const tables = [
      ...eventTables,
      ...timersAtOnce,
      ...discardTables,
      ...resendTables,
      ...waitingByItself,
      effectTable,
    ];
    for (const table of tables) await runner.query(table);
  }

  async down(): Promise<void> {}
}

export function readersDatabase(): Promise<TestDatabase> {
  return testDatabase('reader', [ReadingTables1764000000001]);
}

/** One process of the service `reader`. */
export interface TestProcess {
  readonly strategy: ConsumerStrategy;
  readonly inbox: Inbox;
  stop(): Promise<void>;
}

const effects = statement(
  'test effects',
  `select key, nth as n, by_whom as by from effect where group_name = $1 and nth is not null order by seq`,
);
const marks = statement(
  'test marks',
  `select mark.key as said, mark.partition,
          (select count(*)::int from effect as before
            where before.group_name = mark.group_name and before.nth is not null and before.seq < mark.seq) as before
     from effect as mark where mark.group_name = $1 and mark.nth is null order by seq`,
);

/** A service that reads, its database, and a publisher for its topic. */
export class ReaderBench {
  readonly clock = new FakeClock();
  readonly ids = seededIds();
  readonly streams = new Streams(this.ids);
  readonly notices: ParkedNotice[] = [];
  readonly transport: Transport;
  private readonly transports: Transport[] = [];
  private readonly running = new Set<() => Promise<void>>();

  private constructor(
    private readonly database: TestDatabase,
    readonly carried: CarriedBy,
  ) {
    this.transport = this.newTransport();
  }

  static async open(database: TestDatabase, carries: Carries): Promise<ReaderBench> {
    await database.dataSource.query('delete from effect; delete from inbox; delete from reached; delete from parked');
    const bench = new ReaderBench(database, await carries(database));
    await bench.transport.prepare([testTopic], testPartitions);
    return bench;
  }

  get unitOfWork(): UnitOfWork {
    return this.database.unitOfWork;
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    const publisher = this.transport.publisher('referrals');
    try {
      await publisher.send(testTopic, messages);
    } finally {
      await publisher.close();
    }
  }

  /** A process with these controllers, on its own transport. */
  async start(controllers: readonly Type[], more: Partial<StrategyOptions> = {}): Promise<TestProcess> {
    const inbox = new Inbox();
    const strategy = this.newTransport().strategy({
      service: 'reader',
      unitOfWork: this.unitOfWork,
      clock: this.clock,
      ids: this.ids,
      inbox,
      onParked: (notice) => this.notices.push(notice),
      ...more,
    });
    class Root {}
    const app: INestMicroservice = await NestFactory.createMicroservice(
      { module: Root, controllers: [...controllers] },
      { strategy, logger: process.env['LOG_LEVEL'] === 'debug' ? ['warn', 'error'] : false, abortOnError: false },
    );
    await app.listen();
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= app.close());
    this.running.add(stop);
    return { strategy, inbox, stop };
  }

  effects(group: string): Promise<readonly Effect[]> {
    return this.read<Effect>(effects, [group]);
  }

  /** The watermarks received, each with the number of effects written before it. */
  marks(
    group: string,
  ): Promise<readonly { readonly said: string; readonly partition: number; readonly before: number }[]> {
    return this.read(marks, [group]);
  }

  parked(): Promise<readonly ParkedView[]> {
    return this.unitOfWork.run({ kind: 'system', key: '' }, (tx) => new Parked().list(tx, { limit: 100 }));
  }

  async redrive(parkedId: string, process: TestProcess): Promise<boolean> {
    const parked = new Parked({ requested: () => process.strategy.redriveSoon() });
    return this.unitOfWork.run({ kind: 'system', key: '' }, (tx) => parked.redrive(tx, parkedId));
  }

  read<Row extends object>(what: ComposedStatement, values: readonly unknown[]): Promise<readonly Row[]> {
    return this.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query<Row>(what, values));
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((stop) => stop()));
    await Promise.all(this.transports.map((transport) => transport.close()));
    await this.carried.close();
  }

  private newTransport(): Transport {
    const transport = this.carried.transport();
    this.transports.push(transport);
    return transport;
  }
}

/** `{key: [1, 2, 3]}` in the order in which the effects were written. */
export function orderByKey(found: readonly Effect[]): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    [...Map.groupBy(found, (each) => each.key)]
      .map(([of, own]) => [of, own.map((each) => each.n)] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** Waits until the condition holds; fails after 30 s and names what is missing. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const begun = performance.now();
  while (!(await holds())) {
    if (performance.now() - begun > 30_000) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Where a {@link FaultyUnitOfWork} may throw. */
export interface Faults {
  readonly beforeBegin?: () => void;
  /** By the statement's name. */
  readonly beforeStatement?: (name: string) => void;
  /** The commit succeeds, whatever this throws. */
  readonly afterCommit?: (statements: readonly string[]) => void;
}

export class FaultyUnitOfWork extends UnitOfWork {
  constructor(
    private readonly real: UnitOfWork,
    private readonly faults: Faults,
  ) {
    super(undefined as never);
  }

  override async run<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const ran: string[] = [];
    this.faults.beforeBegin?.();
    const result = await this.real.run(scope, (tx) =>
      work({
        ...tx,
        query: async (what: NamedSql, values?: readonly unknown[]) => {
          ran.push(what.name);
          this.faults.beforeStatement?.(what.name);
          return (tx.query as unknown as Untyped)(what, values);
        },
      }),
    );
    this.faults.afterCommit?.(ran);
    return result;
  }
}
