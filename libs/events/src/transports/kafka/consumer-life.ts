import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { Contiguous } from '../../lanes/contiguous.ts';
import type { IncomingMessage } from '../../messages.ts';
import type { GroupReader } from '../../reading/group-reader.ts';
import { endsWithin } from '../within.ts';
import { usualRetry } from './kafka-client.ts';

const BEAT_MS = 1_000;
const WATCH_MS = 5_000;
/**
 * Twice the longest batch: if nothing was fetched, handled or joined for so long, the consumer is created again (traps.md
 * 17).
 */
const STALLED_MS = 60_000;
export const STOP_LIMIT_MS = 20_000;
/**
 * A restarted broker waits this long for members that it knew and that are gone; nobody reads meanwhile. This is ten
 * heartbeats, which a timer sends even while a batch is handled.
 */
const SESSION_MS = 10_000;
const PARTITIONS_AT_ONCE = 3;

export interface ConsumerLifeOptions {
  readonly kafka: Pick<Kafka, 'consumer'>;
  /** Names in the cluster. */
  readonly group: string;
  readonly topics: readonly string[];
  /** How many partitions of a topic carry events, by its name in the cluster. */
  readonly partitionsOf: (topic: string) => number;
  /** It has joined, so the partitions of its topics may have changed. */
  readonly onJoin: () => void;
  /** Our name of a topic. */
  readonly topicOf: (name: string) => string;
  readonly reader: GroupReader;
  /** Called once, with the reason why it ended. */
  readonly onEnd: (cause: unknown) => void;
}

/**
 * One kafkajs consumer from connect to its end, which comes with the first crash. The restart of kafkajs is off, because
 * it survives `disconnect()` (traps.md 16); the owner creates the next consumer.
 */
export class ConsumerLife {
  private readonly consumer: Consumer;
  private readonly committed = new Map<string, bigint>();
  private generation = 0;
  private ended = false;
  private readonly begunAt = performance.now();
  private progressAt: number | undefined;
  private watchdog: NodeJS.Timeout | undefined;

  constructor(private readonly o: ConsumerLifeOptions) {
    this.consumer = o.kafka.consumer({
      groupId: o.group,
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: 30_000,
      heartbeatInterval: 3_000,
      metadataMaxAge: 30_000,
      maxBytesPerPartition: 128 * 1024,
      maxBytes: 1024 * 1024,
      minBytes: 1,
      maxWaitTimeInMs: 250,
      retry: { ...usualRetry, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  /**
   * True if it showed activity lately: a fetch, a heartbeat, a batch. Membership events do not show it, because kafkajs
   * may continue under the old membership after a rebalance that failed, and then never joins again.
   */
  get reads(): boolean {
    return !this.ended && this.progressAt !== undefined && performance.now() - this.progressAt < STALLED_MS / 2;
  }

  async start(): Promise<void> {
    const { consumer } = this;
    const { GROUP_JOIN, HEARTBEAT, FETCH, END_BATCH_PROCESS, CRASH } = consumer.events;
    consumer.on(GROUP_JOIN, () => this.join());
    for (const event of [HEARTBEAT, FETCH, END_BATCH_PROCESS]) consumer.on(event, () => this.progress());
    consumer.on(CRASH, ({ payload }) => this.end(payload.error));
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.o.topics], fromBeginning: true });
    this.watchdog = setInterval(() => this.watch(), WATCH_MS);
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: (payload) => this.read(payload),
    });
  }

  /** Lets running batches end and commit; gives up waiting after 20 s (traps.md 19). Never call it from a handler. */
  async stop(): Promise<boolean> {
    this.ended = true;
    clearInterval(this.watchdog);
    return endsWithin(
      this.consumer.disconnect().catch(() => undefined),
      STOP_LIMIT_MS,
    );
  }

  private join(): void {
    this.generation += 1;
    this.committed.clear();
    this.o.onJoin();
    this.progress();
  }

  private progress(): void {
    this.progressAt = performance.now();
  }

  private watch(): void {
    const still = performance.now() - (this.progressAt ?? this.begunAt);
    if (still > STALLED_MS) this.end(new Error(`nothing moved for ${Math.round(still / 1000)} s`));
  }

  private end(cause: unknown): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.watchdog);
    this.o.onEnd(cause);
  }

  /**
   * One batch of one partition. It throws for a rebalance, an unavailable database or a bug of ours, never for a failing
   * event. Before it throws, running transactions have ended and what they did is committed.
   */
  private async read(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const generation = this.generation;
    const messages = batch.messages.map((each) => incoming(this.o.topicOf(batch.topic), batch.partition, each));
    const done = new Contiguous(messages.length);
    const faults: unknown[] = [];
    // kafkajs sends heartbeats only between messages, and only a failing heartbeat reports a rebalance (traps.md 14).
    let handled = 0;
    const beat = setInterval(() => {
      if (done.length > handled) this.progress();
      handled = done.length;
      payload.heartbeat().catch((error: unknown) => faults.push(error));
    }, BEAT_MS);
    const goOn = (): boolean =>
      faults.length === 0 && !this.ended && payload.isRunning() && this.generation === generation;
    try {
      await this.o.reader.read(messages, this.o.partitionsOf(batch.topic), done, goOn);
    } catch (error) {
      faults.push(error);
    } finally {
      clearInterval(beat);
    }
    if (this.generation === generation) await this.commit(payload, done, messages);
    if (faults.length > 0) throw faults[0];
  }

  private async commit(
    { batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload,
    done: Contiguous,
    messages: readonly IncomingMessage[],
  ): Promise<void> {
    const last = messages[done.length - 1];
    if (last === undefined) return;
    try {
      resolveOffset(last.offset);
    } catch {
      // The topic is no longer assigned (traps.md 15), so there is no position to move; the commit below reports it.
    }
    // Control records are behind the last message: move past them, or they block the group (traps.md 23).
    const next = BigInt(done.complete ? batch.lastOffset() : last.offset) + 1n;
    const place = `${batch.topic}/${batch.partition}`;
    const known = this.committed.get(place) ?? -1n;
    // A batch from before it: the offset was out of range, as in a recreated topic, so counting starts again.
    const begunAnew = BigInt(batch.firstOffset() ?? next) < known;
    if (next <= known && !begunAnew) return;
    const partitions = [{ partition: batch.partition, offset: String(next) }];
    // consumer.commitOffsets does nothing once stop() has begun (traps.md 9).
    await commitOffsetsIfNecessary({ topics: [{ topic: batch.topic, partitions }] });
    this.committed.set(place, next);
  }
}

function incoming(topic: string, partition: number, { offset, key, value, headers }: KafkaMessage): IncomingMessage {
  const texts: Record<string, string> = {};
  // There are a dozen headers per event, so a plain loop is faster than converting to entries and back.
  for (const name in headers) {
    const given = headers[name];
    texts[name] = (Array.isArray(given) ? given[0] : given)?.toString() ?? '';
  }
  return {
    topic,
    partition,
    offset,
    key: key === null ? null : key.toString(),
    value: value === null ? '' : value.toString(),
    headers: texts,
  };
}
