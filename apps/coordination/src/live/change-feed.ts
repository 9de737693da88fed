import { LOG, type Log } from '#service';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ChangeQueries, type Stir } from './change.queries.ts';

export type StirListener = (stir: Stir) => void;

const pollEveryMs = 1000;
const forgetEveryMs = 3_600_000;

/**
 * Reads the change rows once for all streams of this process, by id. A commit of the projection in this process wakes it;
 * polling finds what other processes committed. It passes on whom a change concerns; each stream then reads what it may
 * see under its own scope.
 */
@Injectable()
export class ChangeFeed implements OnModuleDestroy {
  private readonly listeners = new Set<StirListener>();
  private timers: readonly NodeJS.Timeout[] = [];
  /** The last change that was passed on; before the first, the smallest place that a listener started at. */
  private last = 0;
  private looking = false;
  private poked = false;

  constructor(
    private readonly changes: ChangeQueries,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Passes on changes after `from`, until the returned function is called. A change may be passed on twice. */
  listen(listener: StirListener, from: number): () => void {
    this.last = this.listeners.size === 0 ? from : Math.min(this.last, from);
    this.listeners.add(listener);
    if (this.timers.length === 0) this.begin();
    this.wake();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    };
  }

  /** Reads now, because something was committed. */
  wake(): void {
    if (this.listeners.size === 0) return;
    this.poked = true;
    if (!this.looking) void this.look();
  }

  onModuleDestroy(): void {
    this.listeners.clear();
    this.rest();
  }

  private begin(): void {
    const poll = setInterval(() => this.wake(), pollEveryMs);
    const forget = setInterval(
      () => void this.changes.forget().catch((error: unknown) => this.trouble(error)),
      forgetEveryMs,
    );
    this.timers = [poll.unref(), forget.unref()];
  }

  private rest(): void {
    this.timers.forEach((timer) => clearInterval(timer));
    this.timers = [];
  }

  private async look(): Promise<void> {
    this.looking = true;
    try {
      while (this.poked && this.listeners.size > 0) {
        this.poked = false;
        await this.tellAll();
      }
    } catch (error) {
      // The next read starts at the same place, so nothing is skipped.
      this.trouble(error);
    } finally {
      this.looking = false;
    }
  }

  private async tellAll(): Promise<void> {
    for (let stir = await this.next(); stir !== undefined; stir = await this.next()) {
      this.last = Math.max(this.last, stir.upTo);
      for (const listener of [...this.listeners]) listener(stir);
    }
  }

  private next(): Promise<Stir | undefined> {
    return this.changes.touched(this.last);
  }

  private trouble(error: unknown): void {
    this.log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'live: could not look for changes');
  }
}
