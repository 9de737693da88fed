import { Bell, backOff } from '../../../bell.ts';
import { reasonOf } from '../../../reason.ts';
import { endsWithin } from '../../within.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** Usually the brokers are there: then nobody begins before the topics, and nothing is tried in vain. */
const PATIENCE_MS = 3_000;
/** All services of a process wait for the same brokers: one of them says so. */
const SAID_EVERY_MS = 10_000;

export interface TopicKeeperOptions {
  /** Told in words that it waits for the brokers, and that they are there. */
  readonly tell: (words: string) => void;
}

/** Makes topics, for as long as it takes: a service starts and takes commands while the brokers are away. */
export class TopicKeeper {
  private readonly bell = new Bell();
  private readonly waiting = new Map<symbol, string>();
  private saidAt: number | undefined;
  private stopping = false;

  constructor(private readonly o: TopicKeeperOptions) {}

  /** What is waited for, in words; undefined when nothing is. */
  get lacks(): string | undefined {
    return this.waiting.values().next().value;
  }

  /** Resolves when `make` has succeeded, or after a moment; it is then tried again until it does. */
  async keep(make: () => Promise<void>): Promise<void> {
    const mine = Symbol('topics');
    const there = await endsWithin(this.until(make, mine), PATIENCE_MS);
    if (!there && !this.waiting.has(mine)) this.waits(mine, 'no answer yet');
  }

  stop(): void {
    this.stopping = true;
    this.bell.ring();
  }

  private async until(make: () => Promise<void>, mine: symbol): Promise<void> {
    for (let failures = 0; !this.stopping; failures += 1) {
      try {
        await make();
        return this.isThere(mine);
      } catch (error) {
        if (this.stopping) return;
        this.waits(mine, reasonOf(error));
      }
      await this.bell.wait(backOff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
    }
  }

  private waits(mine: symbol, reason: string): void {
    this.waiting.set(mine, `waits for Kafka, to make the topics: ${reason}`);
    const now = performance.now();
    if (this.saidAt !== undefined && now - this.saidAt < SAID_EVERY_MS) return;
    this.saidAt = now;
    this.o.tell(`waiting for Kafka; commands are taken, and events wait until it answers (${reason})`);
  }

  private isThere(mine: symbol): void {
    if (!this.waiting.delete(mine) || this.waiting.size > 0) return;
    this.saidAt = undefined;
    this.o.tell('Kafka answers, its topics are there');
  }
}
