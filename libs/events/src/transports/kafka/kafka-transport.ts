import type { Publisher } from '../../messages.ts';
import type { ConsumerStrategy } from '../consumer-strategy.ts';
import type { StrategyOptions } from '../strategy-options.ts';
import type { Transport } from '../transport.ts';
import { KafkaAdmin } from './kafka-admin.ts';
import { kafkaClient } from './kafka-client.ts';
import type { KafkaTransportOptions } from './kafka-client.ts';
import { KafkaPublisher } from './kafka-publisher.ts';
import { KafkaStrategy } from './kafka-strategy.ts';

export type { KafkaTransportOptions } from './kafka-client.ts';

/** Topics in Kafka, by kafkajs; its traps are rules 1 to 24 of traps.md. */
export function kafkaTransport(options: KafkaTransportOptions): Transport {
  return new KafkaTransport(options);
}

class KafkaTransport implements Transport {
  readonly name = 'kafka';
  private readonly kafka: ReturnType<typeof kafkaClient>;
  private readonly admin: KafkaAdmin;
  private readonly prefix: string;
  private readonly publishers = new Set<Publisher>();

  constructor(options: KafkaTransportOptions) {
    this.kafka = kafkaClient(options);
    this.admin = new KafkaAdmin(this.kafka);
    this.prefix = options.prefix ?? '';
  }

  prepare(topics: readonly string[], partitions: number): Promise<void> {
    return this.admin.prepare(
      topics.map((topic) => this.nameOf(topic)),
      partitions,
    );
  }

  publisher(_service: string): Publisher {
    const publisher = new KafkaPublisher({
      kafka: this.kafka,
      nameOf: (topic) => this.nameOf(topic),
      onClose: () => this.publishers.delete(publisher),
    });
    this.publishers.add(publisher);
    return publisher;
  }

  strategy(options: StrategyOptions): ConsumerStrategy {
    return new KafkaStrategy(options, this.kafka, this.admin, this.prefix);
  }

  async close(): Promise<void> {
    await Promise.all([...this.publishers].map((publisher) => publisher.close()));
    await this.admin.close();
  }

  private nameOf(topic: string): string {
    return `${this.prefix}${topic}`;
  }
}
