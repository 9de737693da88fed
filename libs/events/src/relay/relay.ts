import { backOff, WakeSignal } from '../wake-signal.ts';
import type { Clock, Ids } from '../clock.ts';
import type { Publisher } from '../messages.ts';
import { Leadership, openRelayClient } from './leadership.ts';
import { LogReader } from './log-reader.ts';
import { Sender } from './sender.ts';
import { Watermark, type WatermarkOptions } from './watermark.ts';

/** What a service reports about its relay. */
export interface RelayOptions {
  readonly watermark?: WatermarkOptions;
}

/** What the platform gives to a relay. */
export interface RelaySetup extends RelayOptions {
  readonly service: string;
  /** The database as `<service>_app`; the relay opens its own connection there. */
  readonly url: string;
  /** Creates a publisher: at the start, and after each failed send. */
  readonly publisher: () => Publisher;
  readonly clock: Clock;
  readonly ids: Ids;
  /** By default `<service>.events`. */
  readonly topic?: string;
  /** The longest time between two looks at the log when nobody pokes; by default 200 ms. */
  readonly pollMs?: number;
  /**
   * How often a relay that does not lead tries to get the lock; by default 1 s. After a leader dies, nobody sends for
   * this long.
   */
  readonly standbyMs?: number;
  /** The pause after a failed send, doubled after each further failure up to 5 s; by default 100 ms. */
  readonly firstRetryMs?: number;
  /** Events per send; by default 500, which is about 15,000 events a second (traps.md 38). */
  readonly batch?: number;
  /** Called when something failed and is tried again: for the log of the process. */
  readonly onTrouble?: (what: string, error: unknown) => void;
}

export interface RelayStatus {
  readonly leading: boolean;
  /** Milliseconds that the oldest unsent event has waited; 0 if all is sent or another instance leads. */
  readonly lagMs: number;
  /** True once it has reached the end of its log since it leads. */
  readonly caughtUp: boolean;
  readonly detail: string;
}

const LONGEST_RETRY_MS = 5_000;
/** A committed event that may not be read yet waits for another, usually short, transaction: look again soon. */
const FIRST_LOOK_MS = 2;

/**
 * Sends the event log to the service's topic: all events, at least once, each stream in the order of its versions. One
 * relay is active per service; an advisory lock on its own connection ensures this. Commits poke it, and polling catches
 * what a poke missed.
 */
export class Relay {
  private readonly signal = new WakeSignal();
  private running: Promise<void> | undefined;
  private stopping = false;
  private sender: Sender | undefined;
  private trouble: string | undefined;
  private caughtUp = false;

  constructor(private readonly setup: RelaySetup) {}

  /** Something was committed: look immediately. */
  poke(): void {
    this.signal.wake();
  }

  /** Starts to ask for the lock and to send; waits for neither. */
  start(): Promise<void> {
    if (this.running === undefined) {
      this.stopping = false;
      this.running = this.live();
    }
    return Promise.resolve();
  }

  /** The current send ends, then the publisher closes, then the lock is released (traps.md 7). */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.wake();
    await this.running;
    this.running = undefined;
  }

  /** For tests: resolves when everything committed before the call is sent, by whichever instance leads. */
  async drain(): Promise<void> {
    if (this.running === undefined) throw new Error('a relay that is not started drains nothing');
    const client = await openRelayClient(this.setup.url, this.setup.service, 'drain');
    try {
      const log = new LogReader(client);
      const target = await log.highest();
      while (target !== undefined && !(await log.isSent(target))) {
        this.poke();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    } finally {
      await client.end();
    }
  }

  status(): RelayStatus {
    const since = this.sender?.oldestUnsent;
    const lagMs = since === undefined ? 0 : Math.max(0, Date.parse(this.setup.clock.now()) - Date.parse(since));
    const leading = this.sender !== undefined;
    return {
      leading,
      lagMs,
      caughtUp: leading && this.caughtUp,
      detail: this.trouble ?? (leading ? 'sending' : 'waiting for the lock'),
    };
  }

  private async live(): Promise<void> {
    for (let attempt = 0; !this.stopping; attempt += 1) {
      try {
        await this.lead(() => (attempt = 0));
      } catch (error) {
        this.troubled('the relay has no connection', error);
        await this.pause(this.retryIn(attempt));
      }
    }
  }

  private async lead(leads: () => void): Promise<void> {
    const leadership = await Leadership.open(this.setup.url, this.setup.service);
    try {
      while (!this.stopping && !(await leadership.tryLock())) {
        this.trouble = undefined;
        await this.pause(this.setup.standbyMs ?? 1_000);
      }
      if (this.stopping) return;
      leads();
      await leadership.adopt();
      await this.send(this.senderOf(leadership));
    } finally {
      await this.sender?.close();
      this.sender = undefined;
      await leadership.close();
    }
  }

  private async send(sender: Sender): Promise<void> {
    const { pollMs = 200 } = this.setup;
    this.sender = sender;
    this.caughtUp = false;
    let failures = 0;
    let looks = 0;
    while (!this.stopping) {
      const went = await sender.pass();
      if (went !== 'failed') this.trouble = undefined;
      failures = went === 'failed' ? failures + 1 : 0;
      looks = went === 'held-back' ? looks + 1 : 0;
      if (went === 'failed') await this.pause(this.retryIn(failures - 1));
      if (went === 'held-back') await this.signal.wait(backOff(looks - 1, FIRST_LOOK_MS, pollMs));
      if (went !== 'all-sent') continue;
      this.caughtUp = true;
      await this.signal.wait(pollMs);
    }
  }

  private senderOf(leadership: Leadership): Sender {
    const { service, clock, ids, watermark, publisher } = this.setup;
    return new Sender({
      leadership,
      publisher,
      clock,
      topic: this.setup.topic ?? `${service}.events`,
      batch: this.setup.batch ?? 500,
      watermark: watermark && new Watermark({ options: watermark, service, clock, ids }),
      onTrouble: (what, error) => this.troubled(what, error),
    });
  }

  private retryIn(failures: number): number {
    return backOff(failures, this.setup.firstRetryMs ?? 100, LONGEST_RETRY_MS);
  }

  private troubled(what: string, error: unknown): void {
    this.trouble = what;
    this.setup.onTrouble?.(what, error);
  }

  /** A pause that ends early only when the relay stops. */
  private async pause(ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (!this.stopping && performance.now() < end) await this.signal.wait(Math.max(1, end - performance.now()));
  }
}
