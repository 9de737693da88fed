import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * The longest that a single turn of the event loop kept the processor while the work was under way, in milliseconds:
 * so long nobody else was served. Processor time of this thread, so that it does not count how busy the machine is
 * otherwise; where it comes to more than `enough`, the least of three tries, for a collection of garbage may fall in it.
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
