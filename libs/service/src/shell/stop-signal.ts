/** A terminal, npm and a supervisor may each send the same signal: what follows within this time is the same wish. */
const SAME_WISH_MS = 1_500;

/**
 * Aborts at the first signal that asks this process to end: it then stops in order, also in the middle of a start. Another
 * signal later ends it at once.
 */
export function stopOnSignal(say: () => void): AbortSignal {
  const stop = new AbortController();
  let first = 0;
  const wish = (): void => {
    if (stop.signal.aborted && performance.now() - first > SAME_WISH_MS) process.exit(1);
    if (stop.signal.aborted) return;
    first = performance.now();
    say();
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, wish);
  return stop.signal;
}

/** Until a stop is asked for. */
export function stopAsked(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
}
