import type { UnitOfWork } from '#persistence';
import type { Clock } from '../clock.ts';
import type { DueTimer } from './timer.ts';

export interface TimerWorkerOptions {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** A timer that will not be tried again until a person redrives it. */
  readonly onParked?: (timer: DueTimer, reason: string) => void;
}

/** Fires due timers: claims them in a short transaction of its own, then fires with none open. */
export class TimerWorker {
  constructor(private readonly options: TimerWorkerOptions) {}

  on(_kind: string, _fire: (timer: DueTimer) => Promise<void>): void {
    throw new Error('not built yet');
  }

  /** Claims and fires what is due now; answers how many were fired. */
  async tick(): Promise<number> {
    throw new Error(`not built yet ${this.options.clock.now()}`);
  }

  /** Due timers may have come: look at once. */
  poke(): void {
    throw new Error('not built yet');
  }

  start(): void {
    throw new Error('not built yet');
  }

  async stop(): Promise<void> {
    throw new Error('not built yet');
  }
}
