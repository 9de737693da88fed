import { event, type DomainEvent, type EventActor } from '#contracts';
import { connectDatabase, UnitOfWork, type Scope, type Tx } from '#persistence';
import { FakeClock, seededIds, testDatabase, type TestDatabase } from '#testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EventLog } from '../log/event-log.ts';
import type { Recording } from '../log/recording.ts';
import { discardTables } from '../parking/discard.tables.ts';
import { resendTables } from '../resend/resend.tables.ts';
import { eventTables } from '../tables.ts';
import { timersAtOnce } from '../timers/timer.tables.ts';

class EventTables1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...eventTables, ...timersAtOnce, ...discardTables, ...resendTables]) await runner.query(sql);
    await runner.query(
      `create table thing (thing_id uuid primary key, name text, tags text[], size int, at timestamptz(3), more jsonb)`,
    );
  }

  async down(): Promise<void> {}
}

export const system: Scope = { kind: 'system', key: '' };
export const someone: EventActor = {
  id: '01900000-0000-7000-8000-000000000001',
  role: 'intake-worker',
  organizationId: '01900000-0000-7000-8000-000000000002',
};

/** A service's database with only the event tables and a table `thing`. */
export interface EventsDatabase extends TestDatabase {
  readonly clock: FakeClock;
  readonly log: EventLog;
  readonly ids: ReturnType<typeof seededIds>;
  /** A second pool, as another instance of the service would have. */
  second(): Promise<UnitOfWork>;
  /** One command: lock, append this many events, commit. */
  append(key: string, events?: number): Promise<void>;
}

export async function eventsDatabase(appended?: () => void): Promise<EventsDatabase> {
  const database = await testDatabase('referrals', [EventTables1764000000001]);
  const clock = new FakeClock();
  const ids = seededIds();
  const log = new EventLog({ service: 'referrals', ids, appended });
  const others: (() => Promise<void>)[] = [];
  return {
    ...database,
    clock,
    ids,
    log,
    second: async () => {
      const dataSource = await connectDatabase({ service: 'referrals', url: database.appUrl });
      others.push(() => dataSource.destroy());
      return new UnitOfWork(dataSource);
    },
    append: async (key, events = 1) => {
      await database.unitOfWork.run(system, async (tx) => {
        const version = await log.lockStream(tx, key);
        await log.record(tx, recording({ key, version, events }));
      });
    },
    close: async () => {
      for (const close of others) await close();
      await database.close();
    },
  };
}

class Happened extends event('referral.happened') {
  readonly referralId!: string;
  readonly until!: string;
}

export function happened(key: string): DomainEvent {
  return Happened.of({ referralId: key, until: '2026-11-25T08:00:00.000Z' });
}

/** A recording of this many events, with the parts that a spec sets. */
export function recording(
  parts: { readonly key: string; readonly version: number; readonly events?: number } & Partial<
    Omit<Recording, 'events'>
  >,
): Recording {
  const { events = 1, ...rest } = parts;
  return {
    now: '2026-11-24T08:00:00.000Z',
    actor: someone,
    correlationId: '01900000-0000-7000-8000-000000000003',
    ...rest,
    events: Array.from({ length: events }, () => ({ event: happened(parts.key), subject: `task/${parts.key}` })),
  };
}

/** A transaction that a spec runs step by step, as a second connection beside others. */
export class OpenTransaction {
  private end: ((how: 'commit' | 'rollback') => void) | undefined;
  private readonly ended: Promise<'commit' | 'rollback'>;
  private done: Promise<unknown> = Promise.resolve();
  private tx: Tx | undefined;

  private constructor() {
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  static async begin(unitOfWork: UnitOfWork): Promise<OpenTransaction> {
    const open = new OpenTransaction();
    await new Promise<void>((ready, failed) => {
      open.done = unitOfWork
        .run(system, async (tx) => {
          open.tx = tx;
          ready();
          if ((await open.ended) === 'rollback') throw new RolledBack();
        })
        .catch((error: unknown) => {
          if (error instanceof RolledBack) return;
          failed(error instanceof Error ? error : new Error(String(error)));
          throw error;
        });
    });
    return open;
  }

  do<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.tx === undefined) throw new Error('not begun');
    return work(this.tx);
  }

  async commit(): Promise<void> {
    this.end?.('commit');
    await this.done;
  }

  async rollback(): Promise<void> {
    this.end?.('rollback');
    await this.done;
  }
}

class RolledBack extends Error {}

/** Waits for a condition that others fulfil; the spec's own time limit ends the wait. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
}
