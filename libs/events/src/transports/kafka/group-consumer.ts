import type { Kafka } from 'kafkajs';
import { WakeSignal, backOff } from '../../wake-signal.ts';
import { reasonOf } from '../../reason.ts';
import type { Reading } from '../consumer-strategy.ts';
import { carrying, unusualCounts } from '../carrying.ts';
import { endsWithin } from '../within.ts';
import { ConsumerLife } from './consumer-life.ts';
import { isUnknownTopic, type KafkaAdmin } from './kafka-admin.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** kafkajs continues to connect for about 10 s, even when nobody needs the connection any more. */
const LEAVE_MS = 1_000;
/** If a consumer lived this long, the next pause is short again. */
const GOOD_LIFE_MS = 60_000;

export interface GroupConsumerOptions {
  readonly kafka: Pick<Kafka, 'consumer'>;
  readonly admin: KafkaAdmin;
  readonly reading: Reading;
  /** Names of topics and groups in the cluster. */
  readonly prefix: string;
  /** Creates topics that the cluster does not know. */
  readonly makeAgain: (topics: readonly string[]) => Promise<void>;
  readonly onTrouble: (words: string) => void;
}

/** A group's consumer for as long as the service runs: one consumer life after the other, with growing pauses. */
export class GroupConsumer {
  private readonly signal = new WakeSignal();
  private life: ConsumerLife | undefined;
  private trouble: string | undefined = 'has not joined yet';
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private counts: ReadonlyMap<string, number> = new Map();

  constructor(private readonly o: GroupConsumerOptions) {}

  get group(): string {
    return `${this.o.prefix}${this.o.reading.handlers.group}`;
  }

  get topics(): readonly string[] {
    return this.o.reading.handlers.topics.map((topic) => `${this.o.prefix}${topic}`);
  }

  /** Undefined while it reads; otherwise a sentence that says what is wrong. */
  get lacks(): string | undefined {
    if (this.life?.reads === true) return undefined;
    return `${this.o.reading.handlers.group} ${this.trouble ?? 'is joining its group'}`;
  }

  /** Further messages, independent of whether it reads. */
  get remarks(): readonly string[] {
    return unusualCounts(new Map([...this.counts].map(([name, count]) => [name.slice(this.o.prefix.length), count])));
  }

  start(): void {
    this.running = this.lives();
  }

  /** At most about 20 s; immediate if it has not read lately, because then nothing is running. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.wake();
    if (this.life?.reads === true) return this.running;
    void this.life?.stop();
    await endsWithin(this.running, LEAVE_MS);
  }

  private async lives(): Promise<void> {
    for (let failures = 0; !this.stopping;) {
      const begun = performance.now();
      const cause = await this.live();
      if (this.stopping) return;
      this.trouble = `stopped: ${reasonOf(cause)}`;
      this.o.onTrouble(`${this.group} ${this.trouble}`);
      failures = performance.now() - begun > GOOD_LIFE_MS ? 1 : failures + 1;
      await this.signal.wait(backOff(failures - 1, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
    }
  }

  /** Returns why it ended; undefined if it was stopped. */
  private async live(): Promise<unknown> {
    let cause: unknown;
    try {
      this.counts = await this.o.admin.partitionsOf(this.topics);
      const life = new ConsumerLife({
        kafka: this.o.kafka,
        group: this.group,
        topics: this.topics,
        partitionsOf: (topic) => carrying(this.counts.get(topic) ?? 0),
        onJoin: () => void this.countAgain(),
        topicOf: (name) => name.slice(this.o.prefix.length),
        reader: this.o.reading.reader,
        onEnd: (why) => {
          cause = why;
          this.signal.wake();
        },
      });
      this.life = life;
      await life.start();
      this.trouble = undefined;
      while (cause === undefined && !this.stopping) await this.signal.wait(LONGEST_PAUSE_MS);
    } catch (error) {
      cause = error;
    }
    // Their offsets were deleted with them: the next life reads the new topics from the beginning.
    if (isUnknownTopic(cause)) await this.o.makeAgain(this.topics).catch(() => undefined);
    const ended = (await this.life?.stop()) ?? true;
    if (!ended) this.o.onTrouble(`${this.group} was abandoned while its handlers still ran`);
    this.life = undefined;
    return cause;
  }

  /** If the cluster does not answer, the last known numbers apply. */
  private async countAgain(): Promise<void> {
    this.counts = await this.o.admin.partitionsOf(this.topics).catch(() => this.counts);
  }
}
