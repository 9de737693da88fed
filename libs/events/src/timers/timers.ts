import type { Tx } from '#persistence';
import type { DueTimer, TimerChange } from './timer.ts';

/** Sets and settles timers inside a transaction of the caller. */
export class Timers {
  /** @param scheduled called after a commit that set timers: wakes the timer worker. */
  constructor(private readonly scheduled: () => void = () => undefined) {}

  async schedule(_tx: Tx, _key: string, _changes: readonly TimerChange[]): Promise<void> {
    this.scheduled();
    throw new Error('not built yet');
  }

  async settle(_tx: Tx, _timer: DueTimer): Promise<void> {
    throw new Error('not built yet');
  }
}
