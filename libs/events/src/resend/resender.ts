import type { Clock } from '../clock.ts';
import type { OutgoingMessage } from '../messages.ts';
import type { LogReader } from '../relay/log-reader.ts';
import { versionOf, type EarlierPlace, type OpenResend, type ResendLog } from './resend-log.ts';

export interface ResenderSetup {
  readonly resends: ResendLog;
  readonly log: LogReader;
  readonly clock: Clock;
  /** False if it is not known to be stored. */
  readonly publish: (messages: readonly OutgoingMessage[]) => Promise<boolean>;
  /** Events per send. */
  readonly batch: number;
}

/** How long a request may wait until the relay looks for it. */
const LOOK_MS = 1_000;
/** Streams known to miss nothing earlier; forgotten when there are more than this, and then sent twice. */
const MOST_KNOWN = 10_000;

/**
 * Sends a part of the log again, page by page between new events, in the process that leads. The topic keeps the order of
 * each stream: before a new event is sent, the remaining events of its stream are sent again.
 */
export class Resender {
  private running: OpenResend | undefined;
  private lookedAt = -LOOK_MS;
  private readonly known = new Set<string>();

  constructor(private readonly o: ResenderSetup) {}

  /** Tells whether a resend is running; asked from time to time. */
  async isRunning(): Promise<boolean> {
    if (this.running === undefined && performance.now() - this.lookedAt >= LOOK_MS) {
      this.running = await this.o.resends.open();
      this.lookedAt = performance.now();
    }
    return this.running !== undefined;
  }

  /** Sends what must be in the topic before these new events. False if it is not known to be stored. */
  async bringForward(messages: readonly OutgoingMessage[]): Promise<boolean> {
    const { running } = this;
    if (running === undefined) return true;
    const streams = new Map<string, number>();
    for (const message of messages) {
      const key = message.key ?? '';
      if (!this.known.has(key) && !streams.has(key)) streams.set(key, versionOf(message));
    }
    if (streams.size === 0) return true;
    for (let after: EarlierPlace | undefined = { key: '', version: 0 }; after !== undefined;) {
      const earlier = await this.o.resends.earlier(running, streams, after, this.o.batch);
      if (earlier.length > 0 && !(await this.published(running, earlier))) return false;
      const last = earlier.at(-1);
      const more = last !== undefined && earlier.length === this.o.batch;
      after = more ? { key: last.key ?? '', version: versionOf(last) } : undefined;
    }
    if (this.known.size + streams.size > MOST_KNOWN) this.known.clear();
    for (const key of streams.keys()) this.known.add(key);
    return true;
  }

  /** Sends the next page. `none`: there is nothing to send again. */
  async step(): Promise<'none' | 'more' | 'failed'> {
    const { running } = this;
    if (running === undefined) return 'none';
    const page = await this.o.log.page(running.place, this.o.batch, running.end);
    if (page === undefined) {
      await this.o.resends.end(running, this.o.clock.now());
      this.forget();
      return 'more';
    }
    if (!(await this.published(running, page.messages))) return 'failed';
    await this.o.resends.moveOn(running, page.end, page.messages.length);
    this.running = { ...running, place: page.end };
    return 'more';
  }

  private async published(running: OpenResend, messages: readonly OutgoingMessage[]): Promise<boolean> {
    if (await this.o.publish(messages)) return true;
    await this.o.resends.wait(running, 'events could not be sent');
    return false;
  }

  /** If there is another resend, it is looked for immediately. */
  private forget(): void {
    this.running = undefined;
    this.lookedAt = -LOOK_MS;
    this.known.clear();
  }
}
