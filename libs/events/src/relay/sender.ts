import { partitionsPerTopic, type InstantText } from '#contracts';
import type { Clock } from '../clock.ts';
import type { OutgoingMessage, Publisher } from '../messages.ts';
import { Resender } from '../resend/resender.ts';
import type { Leadership } from './leadership.ts';
import type { LogPlace } from './log-place.ts';
import type { Watermark } from './watermark.ts';

export interface SenderSetup {
  readonly leadership: Leadership;
  readonly publisher: () => Publisher;
  readonly topic: string;
  readonly batch: number;
  readonly clock: Clock;
  readonly watermark: Watermark | undefined;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** `held-back`: there is a committed event that may not be read before another transaction ends. */
export type SendResult = 'more' | 'all-sent' | 'held-back' | 'failed';

const UPKEEP_MS = 60 * 60 * 1000;
/** New events per page while a resend is running: the older events that must go first are sent with them. */
const BESIDE_A_RESEND = 50;
const ANSWERS_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** What a relay does while it leads: for each page, read it, send it, and only then move the checkpoint. */
export class Sender {
  /** When the oldest event happened that is committed but not sent. */
  oldestUnsent: InstantText | undefined;
  private publisher: Publisher | undefined;
  private reached: LogPlace | undefined;
  private upkeptAt: number | undefined;

  private readonly resender: Resender;

  constructor(private readonly setup: SenderSetup) {
    const { leadership, clock, batch } = setup;
    this.resender = new Resender({
      resends: leadership.resends,
      log: leadership.log,
      clock,
      batch,
      publish: (messages) => this.published(messages),
    });
  }

  /** Sends one page. Throws if the connection that holds the lock is gone; a failed send is a return value. */
  async pass(): Promise<SendResult> {
    const { leadership, batch } = this.setup;
    this.reached ??= await leadership.checkpoint();
    const limit = (await this.resender.isRunning()) ? Math.min(batch, BESIDE_A_RESEND) : batch;
    const page = await leadership.log.page(this.reached, limit);
    if (page !== undefined) {
      this.oldestUnsent = page.since;
      if (!(await this.resender.bringForward(page.messages))) return 'failed';
      if (!(await this.published(page.messages))) return 'failed';
      await leadership.moveCheckpoint(page.end, page.highest);
      this.reached = page.end;
    }
    if (!(await this.watermarked(this.reached))) return 'failed';
    const resent = await this.resender.step();
    if (resent === 'failed') return 'failed';
    if (page?.full === true) return 'more';
    this.oldestUnsent = await leadership.log.oldestAfter(this.reached);
    if (resent === 'more') return 'more';
    if (this.oldestUnsent !== undefined) return 'held-back';
    await this.upkeep();
    return 'all-sent';
  }

  /** The publisher ends after its last answer (traps.md 7). */
  async close(): Promise<void> {
    const publisher = this.publisher;
    this.publisher = undefined;
    await publisher?.close().catch((error: unknown) => this.setup.onTrouble('a publisher did not close', error));
  }

  /**
   * False if it is not known to be stored: that publisher is not used again, and only the stored checkpoint counts
   * (traps.md 2).
   */
  private async published(messages: readonly OutgoingMessage[]): Promise<boolean> {
    try {
      this.publisher ??= this.setup.publisher();
      await this.publisher.send(this.setup.topic, messages);
      return true;
    } catch (error) {
      this.setup.onTrouble('events could not be sent', error);
      await this.close();
      this.reached = undefined;
      return false;
    }
  }

  private async watermarked(reached: LogPlace): Promise<boolean> {
    const { watermark, leadership } = this.setup;
    const messages = await watermark?.due(
      reached,
      () => leadership.log.highest(),
      () => this.partitions(),
    );
    if (messages === undefined) return true;
    if (!(await this.published(messages))) return false;
    watermark?.sent();
    return true;
  }

  /** The current number of partitions. If it cannot be read, the following send fails and reports why. */
  private async partitions(): Promise<number> {
    try {
      this.publisher ??= this.setup.publisher();
      return await this.publisher.partitionsOf(this.setup.topic);
    } catch {
      return partitionsPerTopic;
    }
  }

  /** The leader is the only relay of its service, and it is idle now, so it deletes old stored answers. */
  private async upkeep(): Promise<void> {
    const now = Date.parse(this.setup.clock.now());
    if (this.upkeptAt !== undefined && Math.abs(now - this.upkeptAt) < UPKEEP_MS) return;
    this.upkeptAt = now;
    await this.setup.leadership.forgetAnswers(new Date(now - ANSWERS_KEPT_MS).toISOString());
  }
}
