import kafkajs from 'kafkajs';
import type { ICustomPartitioner, Kafka, Producer, RecordMetadata } from 'kafkajs';
import type { OutgoingMessage, Publisher } from '../../messages.ts';
import { carrying } from '../carrying.ts';
import { endsWithin } from '../within.ts';
import { isUnknownTopic } from './kafka-admin.ts';
import { usualRetry } from './kafka-client.ts';

const ALL_IN_SYNC = -1;
const STORE_MS = 15_000;
const METADATA_AGE_MS = 30_000;
const CLOSE_MS = 5_000;

/** The broker stored some messages and did not answer for others (traps.md 3). */
class Unanswered extends Error {}

export interface KafkaPublisherOptions {
  readonly kafka: Pick<Kafka, 'producer'>;
  /** The topic's name in the cluster. */
  readonly nameOf: (topic: string) => string;
  /** How many partitions the cluster gives a topic, by its name there. */
  readonly countOf: (name: string) => Promise<number>;
  /** Creates a topic that the cluster does not know, by its name there. */
  readonly makeAgain?: (topic: string) => Promise<void>;
  readonly onClose?: () => void;
}

/**
 * One producer, one send at a time (traps.md 1), with a check of every partition's answer. After a rejection, drop the
 * producer, because it would lose what it sends next (traps.md 2), and start again from the checkpoint.
 */
export class KafkaPublisher implements Publisher {
  private producer: Promise<Producer> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private readonly asked = new Set<number>();

  constructor(private readonly o: KafkaPublisherOptions) {}

  send(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    const turn = this.last.then(() => this.sendNow(this.o.nameOf(topic), messages));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async partitionsOf(topic: string): Promise<number> {
    const name = this.o.nameOf(topic);
    try {
      return carrying(await this.o.countOf(name));
    } catch (error) {
      if (isUnknownTopic(error)) await this.o.makeAgain?.(name);
      throw error;
    }
  }

  /** Waits for the current send, which `disconnect` does not (traps.md 7). */
  async close(): Promise<void> {
    await this.last;
    await this.discard();
    this.o.onClose?.();
  }

  private async sendNow(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    try {
      const producer = await (this.producer ??= this.connect());
      this.asked.clear();
      const answers = await producer.send({
        topic,
        acks: ALL_IN_SYNC,
        timeout: STORE_MS,
        messages: messages.map(({ key, value, headers, partition }) => ({
          key,
          value,
          headers: { ...headers },
          ...(partition === undefined ? {} : { partition }),
        })),
      });
      this.check(answers);
    } catch (error) {
      await this.discard();
      // The old content is gone until an operator resends it; new events must not wait for that.
      if (isUnknownTopic(error)) await this.o.makeAgain?.(topic);
      throw error;
    }
  }

  private check(answers: readonly RecordMetadata[]): void {
    const stored = new Set(answers.filter((each) => each.errorCode === 0).map((each) => each.partition));
    const missing = [...this.asked].filter((partition) => !stored.has(partition));
    if (missing.length > 0) throw new Unanswered(`no answer for the partitions ${missing.join(', ')}`);
  }

  private async connect(): Promise<Producer> {
    const producer = this.o.kafka.producer({
      createPartitioner: this.noting,
      allowAutoTopicCreation: false,
      idempotent: true,
      maxInFlightRequests: 1,
      metadataMaxAge: METADATA_AGE_MS,
      retry: usualRetry,
    });
    await producer.connect();
    return producer;
  }

  /**
   * kafkajs' own choice (traps.md 5) among the partitions that carry keys, so that a key keeps its partition when
   * partitions are added. It is recorded to be compared with the answer.
   */
  private readonly noting: ICustomPartitioner = () => {
    const choose = kafkajs.Partitioners.DefaultPartitioner();
    return (given) => {
      const carriers = carrying(given.partitionMetadata.length);
      const partitionMetadata = given.partitionMetadata.filter(({ partitionId }) => partitionId < carriers);
      const partition = choose({ ...given, partitionMetadata });
      this.asked.add(partition);
      return partition;
    };
  };

  private async discard(): Promise<void> {
    const producer = await this.producer?.catch(() => undefined);
    this.producer = undefined;
    if (producer !== undefined) await endsWithin(producer.disconnect(), CLOSE_MS).catch(() => false);
  }
}
