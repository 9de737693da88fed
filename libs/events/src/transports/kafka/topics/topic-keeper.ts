import { WakeSignal, backOff } from '../../../wake-signal.ts';
import { reasonOf } from '../../../reason.ts';
import { endsWithin } from '../../within.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** Usually the brokers are there: then no consumer starts before its topics exist. */
const PATIENCE_MS = 3_000;
/** All services of a process wait for the same brokers: only one of them reports it. */
const SAID_EVERY_MS = 10_000;

export interface TopicKeeperOptions {
  /** Called when it starts to wait for the brokers, and when they are there. */
  readonly tell: (words: string) => void;
}

/** Creates topics, however long it takes: a service starts and accepts commands while the brokers are unavailable. */
export class TopicKeeper {
  /** One for each service that creates topics, because a signal wakes one loop. */
  private readonly signals = new Set<WakeSignal>();
  private readonly waiting = new Map<symbol, string>();
  private saidAt: number | undefined;
  private stopping = false;

  constructor(private readonly o: TopicKeeperOptions) {}

  /** What it is waiting for; undefined if nothing. */
  get lacks(): string | undefined {
    return this.waiting.values().next().value;
  }

  /** Resolves when `make` has succeeded, or after a moment; `make` is then repeated until it succeeds. */
  async keep(make: () => Promise<void>): Promise<void> {
    const mine = Symbol('topics');
    const there = await endsWithin(this.until(make, mine), PATIENCE_MS);
    if (!there && !this.waiting.has(mine)) this.waits(mine, 'no answer yet');
  }

  stop(): void {
    this.stopping = true;
    this.wakeAll();
  }

  private async until(make: () => Promise<void>, mine: symbol): Promise<void> {
    const signal = new WakeSignal();
    this.signals.add(signal);
    try {
      await this.untilMade(make, mine, signal);
    } finally {
      this.signals.delete(signal);
    }
  }

  private async untilMade(make: () => Promise<void>, mine: symbol, signal: WakeSignal): Promise<void> {
    for (let failures = 0; !this.stopping; failures += 1) {
      try {
        await make();
        return this.isThere(mine);
      } catch (error) {
        if (this.stopping) return;
        this.waits(mine, reasonOf(error));
      }
      await signal.wait(backOff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
    }
  }

  private wakeAll(): void {
    for (const signal of this.signals) signal.wake();
  }

  private waits(mine: symbol, reason: string): void {
    this.waiting.set(mine, `waits for Kafka, to make the topics: ${reason}`);
    const now = performance.now();
    if (this.saidAt !== undefined && now - this.saidAt < SAID_EVERY_MS) return;
    this.saidAt = now;
    this.o.tell(`waiting for Kafka; commands are taken, and events wait until it answers (${reason})`);
  }

  private isThere(mine: symbol): void {
    if (!this.waiting.delete(mine)) return;
    // Kafka answers one service, so it answers the others too: none of them waits for the end of its pause.
    this.wakeAll();
    if (this.waiting.size > 0) return;
    this.saidAt = undefined;
    this.o.tell('Kafka answers, its topics are there');
  }
}
