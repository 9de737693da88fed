import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { statement, Unavailable, type UnitOfWork } from '#persistence';
import { eventsHouse, OpenTransaction, recording, system, until, type EventsHouse } from '../testing/house.ts';
import type { DueTimer, TimerChange } from './timer.ts';
import { TimerWorker, type Fire, type TimerWorkerOptions } from './timer-worker.ts';
import { Timers } from './timers.ts';

let house: EventsHouse;
let other: UnitOfWork;
let fired: string[];
let made: TimerWorker[];
let woken: number;
const timers = new Timers(() => (woken += 1));

beforeAll(async () => {
  house = await eventsHouse();
  other = await house.second();
});
beforeEach(async () => {
  [fired, made, woken] = [[], [], 0];
  await house.unitOfWork.run(system, (tx) => tx.query(statement('spec-no-timers', 'delete from timer')));
});
afterEach(async () => {
  for (const worker of made) await worker.stop();
});
afterAll(async () => {
  await house.close();
});

const note: Fire = async (timer) => void fired.push(timer.subject);
/** As a real one does: its command and the end of the timer in one transaction. */
const settling: Fire = async (timer) => {
  await house.unitOfWork.run(system, (tx) => timers.settle(tx, timer));
  fired.push(timer.subject);
};

function worker(fire: Fire, more: Partial<TimerWorkerOptions> = {}): TimerWorker {
  const fresh = new TimerWorker({ unitOfWork: house.unitOfWork, clock: house.clock, pollMs: 5, ...more });
  fresh.on('reminder', fire);
  made.push(fresh);
  return fresh;
}

const schedule = (key: string, ...changes: readonly TimerChange[]): Promise<void> =>
  house.unitOfWork.run(system, (tx) => timers.schedule(tx, key, changes));
const inMinutes = (minutes: number): string => new Date(Date.parse(house.clock.now()) + minutes * 60_000).toISOString();
const reminder = (subject: string, minutes = 0, payload = {}): TimerChange => ({
  kind: 'reminder',
  subject,
  dueAt: inMinutes(minutes),
  payload,
});
interface Left {
  readonly subject: string;
  readonly dueAt: string;
  readonly attempts: number;
  readonly nextAt: string;
}
const left = (): Promise<readonly Left[]> =>
  house.unitOfWork.run(system, (tx) =>
    tx.query<Left>(
      statement(
        'spec-timers-left',
        `select subject, due_at as "dueAt", attempts, next_at as "nextAt" from timer order by due_at, subject`,
      ),
    ),
  );

describe('a timer', () => {
  it('fires when it is due and not before, with what it was set with', async () => {
    const seen: DueTimer[] = [];
    const one = worker(async (timer) => void seen.push(timer));
    await schedule('stream', reminder('a', 10, { milestone: 'reminded' }));
    const dueAt = inMinutes(10);
    expect(await one.tick()).toBe(0);
    house.clock.advance({ minutes: 10 });
    expect(await one.tick()).toBe(1);
    expect(seen).toEqual([
      { kind: 'reminder', key: 'stream', subject: 'a', dueAt, payload: { milestone: 'reminded' }, attempts: 0 },
    ]);
    expect(await one.tick()).toBe(0);
    expect(await left()).toEqual([]);
  });

  it('is moved by setting it again and removed by no instant', async () => {
    await schedule('s', reminder('moved', 1), reminder('gone', 1));
    await schedule('s', reminder('moved', 5), { kind: 'reminder', subject: 'gone', dueAt: null });
    expect((await left()).map(({ subject, dueAt }) => ({ subject, dueAt }))).toEqual([
      { subject: 'moved', dueAt: inMinutes(5) },
    ]);
    await schedule('s', reminder('moved', 7), { kind: 'reminder', subject: 'moved', dueAt: null });
    expect(await left()).toEqual([]);
  });

  it('is set, moved and removed by the recording of a command', async () => {
    const record = (version: number, changes: readonly TimerChange[]): Promise<unknown> =>
      house.unitOfWork.run(system, async (tx) => {
        await house.log.lockStream(tx, 'command');
        await house.log.record(tx, recording({ key: 'command', version, timers: changes }));
      });
    await record(0, [reminder('a', 1), reminder('b', 2)]);
    await record(1, [reminder('a', 3), { kind: 'reminder', subject: 'b', dueAt: null }, reminder('c', 4)]);
    expect((await left()).map((each) => each.subject)).toEqual(['a', 'c']);
    await expect(record(0, [reminder('d', 1)])).rejects.toThrow('does not stand at 0');
    expect(await left()).toHaveLength(2);
  });

  it('wakes the worker after the commit that set it', async () => {
    const open = await OpenTransaction.begin(house.unitOfWork);
    await open.do((tx) => timers.schedule(tx, 's', [reminder('a')]));
    expect(woken).toBe(0);
    await open.commit();
    expect(woken).toBe(1);
  });

  it('that was moved while it fired stays', async () => {
    const one = worker(async (timer) => {
      await schedule('s', reminder('a', 30));
      await settling(timer);
    });
    await schedule('s', reminder('a'));
    await one.tick();
    expect((await left()).map((each) => each.dueAt)).toEqual([inMinutes(30)]);
    house.clock.advance({ minutes: 30 });
    expect(await one.tick()).toBe(1);
  });

  it('is not begun anew when it is set again for the instant that it has', async () => {
    const one = worker(() => Promise.reject(new Error('no')));
    const change = reminder('a');
    await schedule('s', change);
    await one.tick();
    await schedule('s', { ...change, payload: { more: 1 } });
    expect(await left()).toMatchObject([{ attempts: 1 }]);
    expect(await one.tick()).toBe(0);
  });

  it('survives a restart: whoever comes next fires it', async () => {
    await schedule('s', reminder('a', 5));
    house.clock.advance({ minutes: 5 });
    expect(await worker(settling, { unitOfWork: other }).tick()).toBe(1);
    expect(fired).toEqual(['a']);
  });

  it('that was claimed by one that died fires when its claim has run out', async () => {
    let dies: (() => void) | undefined;
    const dying = worker(() => new Promise<void>((_, reject) => (dies = () => reject(new Error('died')))));
    await schedule('s', reminder('a'));
    const gone = dying.tick();
    await until(() => dies !== undefined);
    const next = worker(settling, { unitOfWork: other });
    expect(await next.tick()).toBe(0);
    house.clock.advance({ seconds: 61 });
    expect(await next.tick()).toBe(1);
    expect(fired).toEqual(['a']);
    dies?.();
    await gone;
    expect(await left()).toEqual([]);
  });
});

describe('a worker that stops', () => {
  it('ends what it fires and gives back what it has not begun', async () => {
    let end: (() => void) | undefined;
    const stopping = worker(
      async (timer) => {
        await new Promise<void>((resolve) => (end = resolve));
        await settling(timer);
      },
      { parallel: 1 },
    );
    await schedule('s', reminder('a'), reminder('b', 1), reminder('c', 2));
    await schedule('t', reminder('d', 3));
    house.clock.advance({ minutes: 3 });
    stopping.start();
    await until(() => end !== undefined);
    const stopped = stopping.stop();
    end?.();
    await stopped;
    expect(fired).toEqual(['a']);
    expect(await worker(settling, { unitOfWork: other }).tick()).toBe(3);
  });
});

describe('several workers', () => {
  it('fire each timer once', async () => {
    await schedule('s', ...Array.from({ length: 120 }, (_, i) => reminder(`${i}`)));
    for (let i = 0; i < 80; i += 1) await schedule(`stream-${i % 20}`, reminder(`x${i}`));
    const two = [worker(settling, { batch: 7 }), worker(settling, { unitOfWork: other, batch: 7 })];
    two.forEach((each) => each.start());
    await until(() => fired.length >= 200);
    await Promise.all(two.map((each) => each.stop()));
    expect(new Set(fired).size).toBe(200);
    expect(fired).toHaveLength(200);
    expect(await left()).toEqual([]);
  });

  it('never have timers of one stream in hand at once', async () => {
    let inHand = 0;
    let most = 0;
    const slow: Fire = async (timer) => {
      inHand += 1;
      most = Math.max(most, inHand);
      await new Promise((resolve) => setTimeout(resolve, 3));
      inHand -= 1;
      await settling(timer);
    };
    for (let i = 0; i < 20; i += 1) await schedule('one-stream', reminder(`${i}`.padStart(2, '0'), i));
    house.clock.advance({ minutes: 20 });
    const two = [worker(slow, { batch: 3 }), worker(slow, { unitOfWork: other, batch: 3 })];
    two.forEach((each) => each.start());
    await until(() => fired.length >= 20);
    expect(most).toBe(1);
    expect(fired).toEqual([...fired].sort());
  });

  it('fire in the order of due time', async () => {
    await schedule('b', reminder('second', 2), reminder('fourth', 4));
    await schedule('a', reminder('first', 1));
    await schedule('c', reminder('third', 3));
    house.clock.advance({ minutes: 4 });
    const one = worker(settling, { batch: 2, parallel: 1 });
    while ((await one.tick()) > 0);
    expect(fired).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('fire while a command holds another timer of the table', async () => {
    await schedule('held', reminder('held'));
    await schedule('free', reminder('free'));
    const open = await OpenTransaction.begin(other);
    await open.do((tx) => timers.schedule(tx, 'held', [reminder('held', 9)]));
    const one = worker(settling);
    expect(await one.tick()).toBe(1);
    await open.commit();
    expect(await one.tick()).toBe(0);
    expect(fired).toEqual(['free']);
  });

  it('have no transaction open while they fire', async () => {
    const active: number[] = [];
    const one = worker(async (timer) => {
      const rows = await other.run(system, (tx) =>
        tx.query<{ open: number }>(
          statement(
            'spec-open-transactions',
            `select count(*)::int as open from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and backend_type = 'client backend'`,
          ),
        ),
      );
      active.push(rows[0]?.open ?? -1);
      await note(timer);
    });
    await schedule('s', reminder('a'));
    await one.tick();
    expect(active).toEqual([0]);
  });
});

describe('a timer that fails', () => {
  const failing = (): Promise<never> => Promise.reject(new Error('the directory is away'));

  it('waits longer each time and is then parked with its reason', async () => {
    const parked: string[] = [];
    const one = worker(failing, {
      attempts: 3,
      firstRetryMs: 60_000,
      onParked: (timer, reason) => parked.push(`${timer.subject} after ${timer.attempts}: ${reason}`),
    });
    await schedule('s', reminder('a'));
    expect(await one.tick()).toBe(1);
    expect(await left()).toMatchObject([{ attempts: 1, nextAt: inMinutes(1) }]);
    expect(await one.tick()).toBe(0);
    house.clock.advance({ minutes: 1 });
    expect(await one.tick()).toBe(1);
    expect(await left()).toMatchObject([{ attempts: 2, nextAt: inMinutes(2) }]);
    house.clock.advance({ minutes: 2 });
    expect(await one.tick()).toBe(1);
    expect(parked).toEqual(['a after 3: Error: the directory is away']);
    house.clock.advance({ days: 300 });
    expect(await one.tick()).toBe(0);
    const [row] = await house.unitOfWork.run(system, (tx) => timers.parked(tx));
    expect(row).toMatchObject({
      kind: 'reminder',
      subject: 'a',
      key: 's',
      attempts: 3,
      reason: 'Error: the directory is away',
    });
  });

  it('does not hold back others', async () => {
    const one = worker((timer) => (timer.subject === 'bad' ? failing() : settling(timer)));
    await schedule('s', reminder('bad'), reminder('good', 1));
    house.clock.advance({ minutes: 1 });
    expect(await one.tick()).toBe(2);
    expect(fired).toEqual(['good']);
  });

  it('is tried again when a person redrives it, or when it is set to another instant', async () => {
    let away = true;
    const one = worker((timer) => (away ? failing() : settling(timer)), { attempts: 1 });
    await schedule('s', reminder('a'), reminder('b'));
    await one.tick();
    expect(await one.tick()).toBe(0);
    away = false;
    const redrive = (subject: string): Promise<boolean> =>
      house.unitOfWork.run(system, (tx) => timers.redrive(tx, { kind: 'reminder', subject }));
    expect(await redrive('a')).toBe(true);
    expect(await redrive('never')).toBe(false);
    expect(await one.tick()).toBe(1);
    await schedule('s', reminder('b', 1));
    house.clock.advance({ minutes: 1 });
    expect(await one.tick()).toBe(1);
    expect(fired).toEqual(['a', 'b']);
  });

  it('is not parked because the database was away', async () => {
    const one = worker(() => Promise.reject(new Unavailable(new Error('gone'))), { attempts: 1, firstRetryMs: 1_000 });
    await schedule('s', reminder('a'));
    for (let i = 0; i < 3; i += 1) {
      expect(await one.tick()).toBe(1);
      house.clock.advance({ minutes: 10 });
    }
    expect(await left()).toMatchObject([{ attempts: 0 }]);
  });

  it('belongs to one part of the service only', () => {
    const one = worker(note);
    expect(() => one.on('reminder', note)).toThrow('two parts of this service want to fire the timer reminder');
  });
});
