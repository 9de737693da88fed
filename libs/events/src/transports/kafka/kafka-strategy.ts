import type { Kafka } from 'kafkajs';
import { ConsumerStrategy } from '../consumer-strategy.ts';
import type { Reading } from '../consumer-strategy.ts';
import type { GroupLag, StrategyOptions, StrategyReadiness } from '../strategy-options.ts';
import { GroupConsumer } from './group-consumer.ts';
import type { KafkaAdmin } from './kafka-admin.ts';
import { withoutAddresses } from './security/kafka-security.ts';

/** How a strategy reaches its topics. */
export interface KafkaWay {
  readonly kafka: Kafka;
  readonly admin: KafkaAdmin;
  /** Prefix of the names of topics and groups in the cluster. */
  readonly prefix: string;
  /** Why the topics are not there yet. */
  readonly preparing: () => string | undefined;
  /** Creates topics that the cluster does not know. */
  readonly makeAgain: (topics: readonly string[]) => Promise<void>;
}

/** Reads Kafka topics with one consumer per group. */
export class KafkaStrategy extends ConsumerStrategy {
  private consumers: readonly GroupConsumer[] = [];

  constructor(
    options: StrategyOptions,
    private readonly way: KafkaWay,
  ) {
    super(options);
  }

  override readiness(): StrategyReadiness {
    const preparing = this.way.preparing();
    const lacks = [
      ...(preparing === undefined ? [] : [preparing]),
      ...this.consumers.flatMap(({ lacks: own }) => own ?? []),
    ];
    const remarks = new Set(this.consumers.flatMap((consumer) => consumer.remarks));
    const ready = lacks.length === 0;
    return { ready, detail: withoutAddresses([...(ready ? ['every group reads'] : lacks), ...remarks].join('; ')) };
  }

  override async lag(): Promise<readonly GroupLag[]> {
    const lags: GroupLag[] = [];
    for (const { group, topics } of this.consumers) lags.push(...(await this.way.admin.lag(group, topics)));
    const own = (name: string): string => name.slice(this.way.prefix.length);
    return lags.map((each) => ({ ...each, group: own(each.group), topic: own(each.topic) }));
  }

  /** Does not wait for the brokers: a service starts without them, and its readiness says so. */
  protected override open(readings: readonly Reading[]): Promise<void> {
    this.consumers = readings.map(
      (reading) =>
        new GroupConsumer({
          kafka: this.way.kafka,
          admin: this.way.admin,
          reading,
          prefix: this.way.prefix,
          makeAgain: this.way.makeAgain,
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
