import { backOff, Bell } from '../bell.ts';
import type { Clock, Ids } from '../clock.ts';
import type { Publisher } from '../messages.ts';
import { Leadership, openRelayClient } from './leadership.ts';
import { LogReader } from './log-reader.ts';
import { Sender } from './sender.ts';
import { Watermark, type WatermarkOptions } from './watermark.ts';

/** What a service says about its relay. */
export interface RelayOptions {
  readonly watermark?: WatermarkOptions;
}

/** What the house gives to a relay. */
export interface RelaySetup extends RelayOptions {
  readonly service: string;
  /** The database as `<service>_app`; the relay opens a connection of its own there. */
  readonly url: string;
  /** A new publisher: at the start, and after each send that failed. */
  readonly publisher: () => Publisher;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Unless told: `<service>.events`. */
  readonly topic?: string;
  /** How long a look at the log may be away when nobody pokes; unless told 200 ms. */
  readonly pollMs?: number;
  /** How often one that does not lead asks for the lock; unless told 1 s: how long nobody sends after a leader died. */
  readonly standbyMs?: number;
  /** The wait after a send that failed, doubled after each further one up to 5 s; unless told 100 ms. */
  readonly firstRetryMs?: number;
  /** Events a send; unless told 500, which carries about 15,000 a second (traps.md 38). */
  readonly batch?: number;
  /** Something failed and is tried again: for the log of the process. */
  readonly onTrouble?: (what: string, error: unknown) => void;
}

export interface RelayStatus {
  readonly leading: boolean;
  /** Milliseconds that the oldest unsent event has waited; 0 when all is sent or another instance leads. */
  readonly lagMs: number;
  /** Since it leads it has once come to the end of its log. */
  readonly caughtUp: boolean;
  readonly detail: string;
}

const LONGEST_RETRY_MS = 5_000;
/** A committed event that may not be read yet waits for some other transaction, mostly a short one: look again soon. */
const FIRST_LOOK_MS = 2;

/**
 * Sends the event log to the service's topic: everything, at least once, each stream in the order of its versions. One is
 * active per service, by an advisory lock on its own connection. Poked after commits; polling is the net.
 */
export class Relay {
  private readonly bell = new Bell();
  private running: Promise<void> | undefined;
  private stopping = false;
  private sender: Sender | undefined;
  private trouble: string | undefined;
  private caughtUp = false;

  constructor(private readonly setup: RelaySetup) {}

  /** Something was committed: look at once. */
  poke(): void {
    this.bell.ring();
  }

  /** Begins to ask for the lock and to send; waits for neither. */
  start(): Promise<void> {
    if (this.running === undefined) {
      this.stopping = false;
      this.running = this.live();
    }
    return Promise.resolve();
  }

  /** The send in hand ends, then the publisher closes, then the lock goes (traps.md 7). */
  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
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
      if (went === 'held-back') await this.bell.wait(backOff(looks - 1, FIRST_LOOK_MS, pollMs));
      if (went !== 'all-sent') continue;
      this.caughtUp = true;
      await this.bell.wait(pollMs);
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

  /** A pause that only the stop cuts short. */
  private async pause(ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (!this.stopping && performance.now() < end) await this.bell.wait(Math.max(1, end - performance.now()));
  }
}
