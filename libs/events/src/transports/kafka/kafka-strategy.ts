import type { Kafka } from 'kafkajs';
import { ConsumerStrategy } from '../consumer-strategy.ts';
import type { Reading } from '../consumer-strategy.ts';
import type { GroupLag, StrategyOptions, StrategyReadiness } from '../strategy-options.ts';
import { GroupConsumer } from './group-consumer.ts';
import type { KafkaAdmin } from './kafka-admin.ts';

/** Reads Kafka topics, one consumer a group. */
export class KafkaStrategy extends ConsumerStrategy {
  private consumers: readonly GroupConsumer[] = [];

  constructor(
    options: StrategyOptions,
    private readonly kafka: Kafka,
    private readonly admin: KafkaAdmin,
    private readonly prefix: string,
  ) {
    super(options);
  }

  override readiness(): StrategyReadiness {
    const lacks = this.consumers.flatMap((consumer) => consumer.lacks ?? []);
    return { ready: lacks.length === 0, detail: lacks.join('; ') || 'every group reads' };
  }

  override async lag(): Promise<readonly GroupLag[]> {
    const lags: GroupLag[] = [];
    for (const { group, topics } of this.consumers) lags.push(...(await this.admin.lag(group, topics)));
    const own = (name: string): string => name.slice(this.prefix.length);
    return lags.map((each) => ({ ...each, group: own(each.group), topic: own(each.topic) }));
  }

  /** Does not wait for the brokers: a service starts without them, and says so in its readiness. */
  protected override open(readings: readonly Reading[]): Promise<void> {
    this.consumers = readings.map(
      (reading) =>
        new GroupConsumer({
          kafka: this.kafka,
          admin: this.admin,
          reading,
          prefix: this.prefix,
          onTrouble: (words) => this.troubled(words),
        }),
    );
    this.consumers.forEach((consumer) => consumer.start());
    return Promise.resolve();
  }

  protected override async shut(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
  }
}
