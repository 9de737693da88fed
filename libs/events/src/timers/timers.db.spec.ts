import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenTransaction, recording, system, until } from '../testing/events-database.ts';
import { TimerBench } from '../testing/timer-bench.ts';
import { atOnce, type DueTimer, type TimerChange } from './timer.ts';

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

describe('a timer', () => {
  it('fires when it is due and not before, with the payload that it was set with', async () => {
    const seen: DueTimer[] = [];
    const one = bench.worker(async (timer) => void seen.push(timer));
    await bench.schedule('stream', bench.reminder('a', 10, { milestone: 'reminded' }));
    const dueAt = bench.inMinutes(10);
    expect(await one.tick()).toBe(0);
    bench.database.clock.advance({ minutes: 10 });
    expect(await one.tick()).toBe(1);
    expect(seen).toEqual([
      {
        ...{ kind: 'reminder', key: 'stream', subject: 'a', dueAt, payload: { milestone: 'reminded' }, attempts: 0 },
        ...{ place: expect.any(String), pausedMs: null },
      },
    ]);
    expect(await one.tick()).toBe(0);
    expect(await bench.left()).toEqual([]);
  });

  it('is moved by setting it again and removed by setting no instant', async () => {
    await bench.schedule('s', bench.reminder('moved', 1), bench.reminder('gone', 1));
    await bench.schedule('s', bench.reminder('moved', 5), { kind: 'reminder', subject: 'gone', dueAt: null });
    expect((await bench.left()).map(({ subject, dueAt }) => ({ subject, dueAt }))).toEqual([
      { subject: 'moved', dueAt: bench.inMinutes(5) },
    ]);
    await bench.schedule('s', bench.reminder('moved', 7), { kind: 'reminder', subject: 'moved', dueAt: null });
    expect(await bench.left()).toEqual([]);
  });

  it('is set, moved and removed by the recording of a command', async () => {
    const record = (version: number, changes: readonly TimerChange[]): Promise<unknown> =>
      bench.database.unitOfWork.run(system, async (tx) => {
        await bench.database.log.lockStream(tx, 'command');
        await bench.database.log.record(tx, recording({ key: 'command', version, timers: changes }));
      });
    await record(0, [bench.reminder('a', 1), bench.reminder('b', 2)]);
    await record(1, [bench.reminder('a', 3), { kind: 'reminder', subject: 'b', dueAt: null }, bench.reminder('c', 4)]);
    expect((await bench.left()).map((each) => each.subject)).toEqual(['a', 'c']);
    await expect(record(0, [bench.reminder('d', 1)])).rejects.toThrow('does not stand at 0');
    expect(await bench.left()).toHaveLength(2);
  });

  it('wakes the worker after the commit that set it', async () => {
    const open = await OpenTransaction.begin(bench.database.unitOfWork);
    await open.do((tx) => bench.timers.schedule(tx, 's', [bench.reminder('a')]));
    expect(bench.woken).toBe(0);
    await open.commit();
    expect(bench.woken).toBe(1);
  });

  it('that was moved while it fired stays', async () => {
    const one = bench.worker(async (timer) => {
      await bench.schedule('s', bench.reminder('a', 30));
      await bench.settling(timer);
    });
    await bench.schedule('s', bench.reminder('a'));
    await one.tick();
    expect((await bench.left()).map((each) => each.dueAt)).toEqual([bench.inMinutes(30)]);
    bench.database.clock.advance({ minutes: 30 });
    expect(await one.tick()).toBe(1);
  });

  it('does not restart when it is set again for the same instant', async () => {
    const one = bench.worker(() => Promise.reject(new Error('no')));
    const change = bench.reminder('a');
    await bench.schedule('s', change);
    await one.tick();
    await bench.schedule('s', { ...change, payload: { more: 1 } });
    expect(await bench.left()).toMatchObject([{ attempts: 1 }]);
    expect(await one.tick()).toBe(0);
  });

  it('survives a restart: the next worker fires it', async () => {
    await bench.schedule('s', bench.reminder('a', 5));
    bench.database.clock.advance({ minutes: 5 });
    expect(await bench.worker(bench.settling).tick()).toBe(1);
    expect(bench.fired).toEqual(['a']);
  });

  it('fires after its claimant died, as soon as that connection has ended [F11]', async () => {
    let dies: (() => void) | undefined;
    const dying = bench.worker(() => new Promise<void>((_, reject) => (dies = () => reject(new Error('died')))));
    await bench.schedule('s', bench.reminder('a'), bench.reminder('b'));
    const gone = dying.tick();
    await until(() => dies !== undefined);
    const next = bench.worker(bench.settling);
    expect(await next.tick()).toBe(0);
    await bench.cutWorkers();
    // no clock has moved, and no claim has been released
    await until(async () => (await next.tick()) === 2);
    expect(bench.fired).toEqual(['a', 'b']);
    dies?.();
    // a worker that lost its claim starts nothing more and writes nothing more
    expect(await gone).toBe(1);
    expect(await bench.left()).toEqual([]);
  });

  it('that two workers fired is settled by one of them [F11]', async () => {
    const settled: boolean[] = [];
    let goOn: (() => void) | undefined;
    const slow = bench.worker(async (timer) => {
      await new Promise<void>((resolve) => (goOn = resolve));
      await bench.database.unitOfWork.run(
        system,
        async (tx) => void settled.push(await bench.timers.settle(tx, timer)),
      );
    });
    await bench.schedule('s', bench.reminder('a'));
    const first = slow.tick();
    await until(() => goOn !== undefined);
    await bench.cutWorkers();
    const quick = bench.worker(bench.settling);
    await until(async () => (await quick.tick()) === 1);
    goOn?.();
    await first;
    expect([settled, bench.fired]).toEqual([[false], ['a']]);
  });
});

describe('a timer that is due immediately', () => {
  const hours = (count: number): void => void bench.database.clock.advance({ hours: count });

  it('is due even if the clock was ahead when it was set and is right afterwards [F14]', async () => {
    hours(2);
    await bench.schedule('s', { kind: 'reminder', subject: 'a', dueAt: atOnce });
    hours(-2);
    expect(await bench.worker(bench.settling).tick()).toBe(1);
    hours(-48);
    await bench.schedule('s', { kind: 'reminder', subject: 'b', dueAt: atOnce });
    hours(48);
    expect(await bench.worker(bench.settling).tick()).toBe(1);
    expect(bench.fired).toEqual(['a', 'b']);
  });

  it('fires in the order in which it was set, before all timers that a clock made due [F14]', async () => {
    await bench.schedule('t', bench.reminder('by the clock', -5));
    for (const subject of ['c', 'a', 'b']) {
      await bench.schedule(`stream of ${subject}`, { kind: 'reminder', subject, dueAt: atOnce });
    }
    await bench.worker(bench.settling, { parallel: 1 }).tick();
    expect(bench.fired).toEqual(['c', 'a', 'b', 'by the clock']);
  });

  it('fires again when it is set again while it fires [F14]', async () => {
    const again = { kind: 'reminder', subject: 'a', dueAt: atOnce } as const;
    const one = bench.worker(async (timer) => {
      if (bench.fired.length === 0) await bench.schedule('s', again);
      await bench.settling(timer);
    });
    await bench.schedule('s', again);
    expect([await one.tick(), await one.tick(), await one.tick()]).toEqual([1, 1, 0]);
  });

  it('restarts when it is set again after it failed [F14]', async () => {
    let away = true;
    const one = bench.worker((timer) => (away ? Promise.reject(new Error('no')) : bench.settling(timer)));
    const asked = { kind: 'reminder', subject: 'a', dueAt: atOnce } as const;
    await bench.schedule('s', asked);
    await one.tick();
    expect(await one.tick()).toBe(0);
    away = false;
    await bench.schedule('s', asked);
    expect(await one.tick()).toBe(1);
  });
});

describe('a clock that was ahead and is right again', () => {
  it('does not lengthen the pause of a timer that failed [F14]', async () => {
    let away = true;
    const one = bench.worker((timer) => (away ? Promise.reject(new Error('no')) : bench.settling(timer)));
    bench.database.clock.advance({ hours: 2 });
    await bench.schedule('s', bench.reminder('a'));
    await one.tick();
    expect(await one.tick()).toBe(0);
    bench.database.clock.advance({ hours: -2 });
    away = false;
    expect(await one.tick()).toBe(1);
  });

  it('does not lengthen the pause of a timer that was set with one [F14]', async () => {
    const one = bench.worker(bench.settling);
    bench.database.clock.advance({ hours: 2 });
    await bench.schedule('s', { ...bench.reminder('a', 5), pauseMs: 5 * 60_000 }, bench.reminder('planned', 5));
    expect(await one.tick()).toBe(0);
    bench.database.clock.advance({ hours: -2 });
    expect(await one.tick()).toBe(1);
    expect(bench.fired).toEqual(['a']);
  });
});
