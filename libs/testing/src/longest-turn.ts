import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * The longest that a single turn of the event loop kept the processor while the work was under way, in milliseconds:
 * so long nobody else was served. Processor time of this thread, the least of three tries: how busy the machine is
 * otherwise does not count.
 */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  const tries: number[] = [];
  for (let each = 0; each < 3; each += 1) tries.push(await longestOfOne(work));
  return Math.min(...tries);
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
