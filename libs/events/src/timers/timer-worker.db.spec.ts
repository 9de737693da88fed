import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { statement, Unavailable } from '#persistence';
import { OpenTransaction, system, until } from '../testing/events-database.ts';
import { TimerBench } from '../testing/timer-bench.ts';
import type { Fire } from './timer-worker.ts';

let bench: TimerBench;

beforeAll(async () => {
  bench = await TimerBench.open();
});
afterEach(async () => {
  await bench.clear();
});
afterAll(async () => {
  await bench.database.close();
});

describe('a worker that stops', () => {
  it('finishes the timers that are firing and releases those that it has not started', async () => {
    let end: (() => void) | undefined;
    const stopping = bench.worker(
      async (timer) => {
        await new Promise<void>((resolve) => (end = resolve));
        await bench.settling(timer);
      },
      { parallel: 1 },
    );
    await bench.schedule('s', bench.reminder('a'), bench.reminder('b', 1), bench.reminder('c', 2));
    await bench.schedule('t', bench.reminder('d', 3));
    bench.database.clock.advance({ minutes: 3 });
    stopping.start();
    await until(() => end !== undefined);
    const stopped = stopping.stop();
    end?.();
    await stopped;
    expect(bench.fired).toEqual(['a']);
    expect(await bench.worker(bench.settling).tick()).toBe(3);
  });
});

describe('a tick', () => {
  it('starts after the previous one has ended, so that its result covers all due timers', async () => {
    let end: (() => void) | undefined;
    const one = bench.worker(async (timer) => {
      await new Promise<void>((resolve) => (end = resolve));
      await bench.settling(timer);
    });
    await bench.schedule('s', bench.reminder('a'));
    const first = one.tick();
    await until(() => end !== undefined);
    const second = one.tick().then((count) => ({ count, fired: [...bench.fired] }));
    end?.();
    expect(await first).toBe(1);
    expect(await second).toEqual({ count: 0, fired: ['a'] });
  });
});

describe('several workers', () => {
  it('fire each timer once', async () => {
    await bench.schedule('s', ...Array.from({ length: 120 }, (_, i) => bench.reminder(`${i}`)));
    for (let i = 0; i < 80; i += 1) await bench.schedule(`stream-${i % 20}`, bench.reminder(`x${i}`));
    const two = [bench.worker(bench.settling, { batch: 7 }), bench.worker(bench.settling, { batch: 7 })];
    two.forEach((each) => each.start());
    await until(() => bench.fired.length >= 200);
    await Promise.all(two.map((each) => each.stop()));
    expect(new Set(bench.fired).size).toBe(200);
    expect(bench.fired).toHaveLength(200);
    expect(await bench.left()).toEqual([]);
  });

  it('never hold timers of one stream at the same time', async () => {
    let inHand = 0;
    let most = 0;
    const slow: Fire = async (timer) => {
      inHand += 1;
      most = Math.max(most, inHand);
      await new Promise((resolve) => setTimeout(resolve, 3));
      inHand -= 1;
      await bench.settling(timer);
    };
    for (let i = 0; i < 20; i += 1) await bench.schedule('one-stream', bench.reminder(`${i}`.padStart(2, '0'), i));
    bench.database.clock.advance({ minutes: 20 });
    const two = [bench.worker(slow, { batch: 3 }), bench.worker(slow, { batch: 3 })];
    two.forEach((each) => each.start());
    await until(() => bench.fired.length >= 20);
    expect(most).toBe(1);
    expect(bench.fired).toEqual([...bench.fired].sort());
  });

  it('fire in the order of due time', async () => {
    await bench.schedule('b', bench.reminder('second', 2), bench.reminder('fourth', 4));
    await bench.schedule('a', bench.reminder('first', 1));
    await bench.schedule('c', bench.reminder('third', 3));
    bench.database.clock.advance({ minutes: 4 });
    const one = bench.worker(bench.settling, { batch: 2, parallel: 1 });
    while ((await one.tick()) > 0);
    expect(bench.fired).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('fire while a command holds another timer of the table', async () => {
    await bench.schedule('held', bench.reminder('held'));
    await bench.schedule('free', bench.reminder('free'));
    const open = await OpenTransaction.begin(bench.other);
    await open.do((tx) => bench.timers.schedule(tx, 'held', [bench.reminder('held', 9)]));
    const one = bench.worker(bench.settling);
    expect(await one.tick()).toBe(1);
    await open.commit();
    expect(await one.tick()).toBe(0);
    expect(bench.fired).toEqual(['free']);
  });

  it('have no transaction open while they fire', async () => {
    const active: number[] = [];
    const one = bench.worker(async (timer) => {
      const rows = await bench.other.run(system, (tx) =>
        tx.query<{ open: number }>(
          statement(
            'spec-open-transactions',
            `select count(*)::int as open from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and backend_type = 'client backend'`,
          ),
        ),
      );
      active.push(rows[0]?.open ?? -1);
      bench.fired.push(timer.subject);
    });
    await bench.schedule('s', bench.reminder('a'));
    await one.tick();
    expect(active).toEqual([0]);
  });
});

describe('a timer that fails', () => {
  const failing = (): Promise<never> => Promise.reject(new Error('the directory is away'));

  it('waits longer each time and is then parked with its reason', async () => {
    const parked: string[] = [];
    const one = bench.worker(failing, {
      attempts: 3,
      firstRetryMs: 60_000,
      onParked: (timer, reason) => parked.push(`${timer.subject} after ${timer.attempts}: ${reason}`),
    });
    await bench.schedule('s', bench.reminder('a'));
    expect(await one.tick()).toBe(1);
    expect(await bench.left()).toMatchObject([{ attempts: 1, nextAt: bench.inMinutes(1) }]);
    expect(await one.tick()).toBe(0);
    bench.database.clock.advance({ minutes: 1 });
    expect(await one.tick()).toBe(1);
    expect(await bench.left()).toMatchObject([{ attempts: 2, nextAt: bench.inMinutes(2) }]);
    bench.database.clock.advance({ minutes: 2 });
    expect(await one.tick()).toBe(1);
    expect(parked).toEqual(['a after 3: Error: the directory is away']);
    bench.database.clock.advance({ days: 300 });
    expect(await one.tick()).toBe(0);
    expect(await bench.parked()).toEqual([
      {
        ...{ kind: 'timer', group: 'timers', type: 'reminder', key: 's', eventId: null },
        ...{ attempts: 3, reason: 'Error: the directory is away', waitingBehind: 0 },
        ...{ parkedId: expect.any(String), firstAt: expect.any(String) },
      },
    ]);
  });

  it('does not hold back others', async () => {
    const one = bench.worker((timer) => (timer.subject === 'bad' ? failing() : bench.settling(timer)));
    await bench.schedule('s', bench.reminder('bad'), bench.reminder('good', 1));
    bench.database.clock.advance({ minutes: 1 });
    expect(await one.tick()).toBe(2);
    expect(bench.fired).toEqual(['good']);
  });

  it('is tried again when a person redrives it, or when it is set to another instant', async () => {
    let away = true;
    const one = bench.worker((timer) => (away ? failing() : bench.settling(timer)), { attempts: 1 });
    await bench.schedule('s', bench.reminder('a'));
    await one.tick();
    // the timer that was parked first comes first
    bench.database.clock.advance({ ms: 1 });
    await bench.schedule('s', bench.reminder('b'));
    await one.tick();
    expect(await one.tick()).toBe(0);
    away = false;
    const [first] = await bench.parked();
    const redrive = (): Promise<boolean> =>
      bench.database.unitOfWork.run(system, (tx) => bench.waiting.redrive(tx, first?.parkedId as string));
    bench.woken = 0;
    expect([await redrive(), bench.woken]).toEqual([true, 1]);
    expect([await redrive(), bench.woken]).toEqual([false, 1]);
    expect((await bench.parked()).map((each) => each.parkedId)).not.toContain(first?.parkedId);
    expect(await one.tick()).toBe(1);
    await bench.schedule('s', bench.reminder('b', 1));
    bench.database.clock.advance({ minutes: 1 });
    expect(await one.tick()).toBe(1);
    expect(bench.fired).toEqual(['a', 'b']);
  });

  it('is not parked because the database was unavailable', async () => {
    const one = bench.worker(() => Promise.reject(new Unavailable(new Error('gone'))), {
      attempts: 1,
      firstRetryMs: 1_000,
    });
    await bench.schedule('s', bench.reminder('a'));
    for (let i = 0; i < 3; i += 1) {
      expect(await one.tick()).toBe(1);
      bench.database.clock.advance({ minutes: 10 });
    }
    expect(await bench.left()).toMatchObject([{ attempts: 0 }]);
  });

  it('belongs to one part of the service only', () => {
    const one = bench.worker(bench.settling);
    expect(() => one.on('reminder', bench.settling)).toThrow(
      'two parts of this service want to fire the timer reminder',
    );
  });
});
