import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenTransaction, recording, system, until } from '../testing/house.ts';
import { TimerBench } from '../testing/timer-bench.ts';
import type { DueTimer, TimerChange } from './timer.ts';

let bench: TimerBench;

beforeAll(async () => {
  bench = await TimerBench.open();
});
afterEach(async () => {
  await bench.clear();
});
afterAll(async () => {
  await bench.house.close();
});

describe('a timer', () => {
  it('fires when it is due and not before, with what it was set with', async () => {
    const seen: DueTimer[] = [];
    const one = bench.worker(async (timer) => void seen.push(timer));
    await bench.schedule('stream', bench.reminder('a', 10, { milestone: 'reminded' }));
    const dueAt = bench.inMinutes(10);
    expect(await one.tick()).toBe(0);
    bench.house.clock.advance({ minutes: 10 });
    expect(await one.tick()).toBe(1);
    expect(seen).toEqual([
      { kind: 'reminder', key: 'stream', subject: 'a', dueAt, payload: { milestone: 'reminded' }, attempts: 0 },
    ]);
    expect(await one.tick()).toBe(0);
    expect(await bench.left()).toEqual([]);
  });

  it('is moved by setting it again and removed by no instant', async () => {
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
      bench.house.unitOfWork.run(system, async (tx) => {
        await bench.house.log.lockStream(tx, 'command');
        await bench.house.log.record(tx, recording({ key: 'command', version, timers: changes }));
      });
    await record(0, [bench.reminder('a', 1), bench.reminder('b', 2)]);
    await record(1, [bench.reminder('a', 3), { kind: 'reminder', subject: 'b', dueAt: null }, bench.reminder('c', 4)]);
    expect((await bench.left()).map((each) => each.subject)).toEqual(['a', 'c']);
    await expect(record(0, [bench.reminder('d', 1)])).rejects.toThrow('does not stand at 0');
    expect(await bench.left()).toHaveLength(2);
  });

  it('wakes the worker after the commit that set it', async () => {
    const open = await OpenTransaction.begin(bench.house.unitOfWork);
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
    bench.house.clock.advance({ minutes: 30 });
    expect(await one.tick()).toBe(1);
  });

  it('is not begun anew when it is set again for the instant that it has', async () => {
    const one = bench.worker(() => Promise.reject(new Error('no')));
    const change = bench.reminder('a');
    await bench.schedule('s', change);
    await one.tick();
    await bench.schedule('s', { ...change, payload: { more: 1 } });
    expect(await bench.left()).toMatchObject([{ attempts: 1 }]);
    expect(await one.tick()).toBe(0);
  });

  it('survives a restart: whoever comes next fires it', async () => {
    await bench.schedule('s', bench.reminder('a', 5));
    bench.house.clock.advance({ minutes: 5 });
    expect(await bench.worker(bench.settling, { unitOfWork: bench.other }).tick()).toBe(1);
    expect(bench.fired).toEqual(['a']);
  });

  it('that was claimed by one that died fires when its claim has run out', async () => {
    let dies: (() => void) | undefined;
    const dying = bench.worker(() => new Promise<void>((_, reject) => (dies = () => reject(new Error('died')))));
    await bench.schedule('s', bench.reminder('a'));
    const gone = dying.tick();
    await until(() => dies !== undefined);
    const next = bench.worker(bench.settling, { unitOfWork: bench.other });
    expect(await next.tick()).toBe(0);
    bench.house.clock.advance({ seconds: 61 });
    expect(await next.tick()).toBe(1);
    expect(bench.fired).toEqual(['a']);
    dies?.();
    await gone;
    expect(await bench.left()).toEqual([]);
  });
});
