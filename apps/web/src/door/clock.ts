/** How far the server's clock is ahead of this computer's, in milliseconds. `doubtMs`: how far off that may be. */
export interface Offset {
  readonly ms: number;
  readonly doubtMs: number;
}

const dateStepMs = 1000;

/**
 * One measurement: the server wrote `date` (a header `Date`, whole seconds) between `sentAt` and `receivedAt`, by this
 * computer's clock in milliseconds.
 */
export function measured(date: string, sentAt: number, receivedAt: number): Offset {
  const server = Date.parse(date) + dateStepMs / 2;
  return { ms: server - (sentAt + receivedAt) / 2, doubtMs: dateStepMs / 2 + (receivedAt - sentAt) / 2 };
}

/**
 * The better one of two measurements: the more exact, unless they contradict each other, because a clock was set
 * meanwhile; then the newer.
 */
export function better(known: Offset | null, next: Offset): Offset {
  if (known === null || Number.isNaN(known.ms)) return next;
  if (Number.isNaN(next.ms)) return known;
  const contradict = Math.abs(known.ms - next.ms) > known.doubtMs + next.doubtMs;
  return contradict || next.doubtMs < known.doubtMs ? next : known;
}
