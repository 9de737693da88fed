import type { Kafka } from 'kafkajs';
import type { Publisher } from '../../messages.ts';
import type { ConsumerStrategy } from '../consumer-strategy.ts';
import type { StrategyOptions } from '../strategy-options.ts';
import type { Transport } from '../transport.ts';
import { KafkaAdmin } from './kafka-admin.ts';
import { kafkaClient } from './kafka-client.ts';
import type { KafkaTransportOptions } from './kafka-client.ts';
import { KafkaPublisher } from './kafka-publisher.ts';
import { KafkaStrategy } from './kafka-strategy.ts';
import { TopicKeeper } from './topics/topic-keeper.ts';

export type { KafkaTransportOptions } from './kafka-client.ts';
export type { KafkaLogin, KafkaMechanism, KafkaSecurity, KafkaTls } from './security/kafka-security.ts';

/** Topics in Kafka, through kafkajs; its traps are rules 1 to 24 of traps.md. */
export function kafkaTransport(options: KafkaTransportOptions): Transport {
  return new KafkaTransport(options);
}

/** The connections of one service to the cluster. */
interface Connected {
  readonly kafka: Kafka;
  readonly admin: KafkaAdmin;
}

class KafkaTransport implements Transport {
  readonly name = 'kafka';
  private readonly connected = new Map<string, Connected>();
  private readonly keeper: TopicKeeper;
  private readonly prefix: string;
  private readonly publishers = new Set<Publisher>();
  private partitions = 0;

  constructor(private readonly o: KafkaTransportOptions) {
    this.prefix = o.prefix ?? '';
    this.keeper = new TopicKeeper({ tell: (words) => o.tell?.(words) });
  }

  prepare(topics: readonly string[], partitions: number, service = ''): Promise<void> {
    this.partitions = partitions;
    const names = topics.map((topic) => this.nameOf(topic));
    return this.keeper.keep(() => this.of(service).admin.prepare(names, partitions));
  }

  publisher(service: string): Publisher {
    const { kafka, admin } = this.of(service);
    const publisher = new KafkaPublisher({
      kafka,
      nameOf: (topic) => this.nameOf(topic),
      countOf: async (name) => (await admin.partitionsOf([name])).get(name) ?? 0,
      makeAgain: (topic) => this.makeAgain(admin, [topic]),
      onClose: () => this.publishers.delete(publisher),
    });
    this.publishers.add(publisher);
    return publisher;
  }

  strategy(options: StrategyOptions): ConsumerStrategy {
    const { kafka, admin } = this.of(options.service);
    return new KafkaStrategy(options, {
      kafka,
      admin,
      prefix: this.prefix,
      preparing: () => this.keeper.lacks,
      makeAgain: (topics) => this.makeAgain(admin, topics),
    });
  }

  async close(): Promise<void> {
    this.keeper.stop();
    await Promise.all([...this.publishers].map((publisher) => publisher.close()));
    await Promise.all([...this.connected.values()].map(({ admin }) => admin.close()));
  }

  /** Services that sign in have a client each; otherwise one client serves all. */
  private of(service: string): Connected {
    const name = this.o.security?.sasl === undefined ? '' : service;
    const known = this.connected.get(name);
    if (known !== undefined) return known;
    const kafka = kafkaClient(this.o, name);
    const made = { kafka, admin: new KafkaAdmin(kafka) };
    this.connected.set(name, made);
    return made;
  }

  /** The numbers from the preparation; none if it has not run yet. */
  private async makeAgain(admin: KafkaAdmin, names: readonly string[]): Promise<void> {
    if (this.partitions > 0) await admin.prepare(names, this.partitions);
  }

  private nameOf(topic: string): string {
    return `${this.prefix}${topic}`;
  }
}
