import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * The longest time, in milliseconds, that a single turn of the event loop used the processor during the work; others had
 * to wait that long. It measures the processor time of this thread, so other load on the machine does not count. Above
 * `enough` it takes the least of three tries, because garbage collection may be included.
 */
export async function longestTurn(work: () => Promise<unknown>, enough: number): Promise<number> {
  let least = Infinity;
  for (let each = 0; each < 3 && least > enough; each += 1) least = Math.min(least, await longestOfOne(work));
  return least;
}

async function longestOfOne(work: () => Promise<unknown>): Promise<number> {
  let isDone = false;
  const done = work().finally(() => (isDone = true));
  let longest = 0;
  for (let before = cpuMs(); !isDone;) {
    await nextTurn();
    const now = cpuMs();
    longest = Math.max(longest, now - before);
    before = now;
  }
  await done;
  return longest;
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
