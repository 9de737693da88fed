/** A terminal, npm and a supervisor may each send the same signal: signals within this time count as one. */
const SAME_WISH_MS = 1_500;

/**
 * Aborts at the first stop signal: the process then stops in order, even in the middle of a start. A later second signal
 * ends it immediately.
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

/** Resolves when a stop is requested. */
export function stopAsked(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
}
