import { statement, withClient, type UnitOfWork } from '#persistence';
import { Parked, type ParkedView } from '../parking/parked.ts';
import type { TimerChange } from '../timers/timer.ts';
import { TimerWorker, type Fire, type TimerWorkerOptions } from '../timers/timer-worker.ts';
import { Timers } from '../timers/timers.ts';
import { eventsDatabase, system, type EventsDatabase } from './events-database.ts';

/** The row of a timer, if it is still there. */
export interface TimerLeft {
  readonly subject: string;
  readonly dueAt: string;
  readonly attempts: number;
  readonly nextAt: string;
}

const deleteAll = statement('spec-no-timers', 'delete from timer');
const readLeft = statement(
  'spec-timers-left',
  `select subject, due_at as "dueAt", attempts, next_at as "nextAt" from timer order by due_at, subject`,
);

/** Timers and workers for a spec, on two connection pools. Its members are functions, so that specs can destructure them. */
export class TimerBench {
  readonly fired: string[] = [];
  woken = 0;
  readonly timers = new Timers(() => (this.woken += 1));
  readonly waiting = new Parked({ scheduled: () => (this.woken += 1) });
  private workers: TimerWorker[] = [];

  private constructor(
    readonly database: EventsDatabase,
    /** The pool of another instance of the service. */
    readonly other: UnitOfWork,
  ) {}

  static async open(): Promise<TimerBench> {
    const database = await eventsDatabase();
    return new TimerBench(database, await database.second());
  }

  /** Deletes all timers and workers between two tests. */
  readonly clear = async (): Promise<void> => {
    for (const worker of this.workers.splice(0)) await worker.stop();
    this.fired.length = 0;
    this.woken = 0;
    await this.database.unitOfWork.run(system, (tx) => tx.query(deleteAll));
  };

  /** As in a real service: the command and the end of the timer in one transaction. */
  readonly settling: Fire = async (timer) => {
    await this.database.unitOfWork.run(system, (tx) => this.timers.settle(tx, timer));
    this.fired.push(timer.subject);
  };

  readonly worker = (fire: Fire, more: Partial<TimerWorkerOptions> = {}): TimerWorker => {
    const { appUrl, clock } = this.database;
    const worker = new TimerWorker({ url: appUrl, service: 'referrals', clock, pollMs: 5, ...more });
    worker.on('reminder', fire);
    this.workers.push(worker);
    return worker;
  };

  /** As when their process dies: the server ends the connections that hold their claims. */
  readonly cutWorkers = (): Promise<void> =>
    withClient(this.database.adminUrl, async (client) => {
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid in (
           select pid from pg_locks where locktype = 'advisory' and granted) and pid <> pg_backend_pid()`,
      );
    });

  readonly schedule = (key: string, ...changes: readonly TimerChange[]): Promise<void> =>
    this.database.unitOfWork.run(system, (tx) => this.timers.schedule(tx, key, changes));

  readonly inMinutes = (minutes: number): string =>
    new Date(Date.parse(this.database.clock.now()) + minutes * 60_000).toISOString();

  readonly reminder = (subject: string, minutes = 0, payload = {}): TimerChange => ({
    kind: 'reminder',
    subject,
    dueAt: this.inMinutes(minutes),
    payload,
  });

  readonly left = (): Promise<readonly TimerLeft[]> =>
    this.database.unitOfWork.run(system, (tx) => tx.query<TimerLeft>(readLeft));

  readonly parked = (): Promise<readonly ParkedView[]> =>
    this.database.unitOfWork.run(system, (tx) => this.waiting.list(tx, { limit: 100 }));
}
