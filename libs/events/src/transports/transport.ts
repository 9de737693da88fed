import type { Publisher } from '../messages.ts';
import type { ConsumerStrategy } from './consumer-strategy.ts';
import type { StrategyOptions } from './strategy-options.ts';

/** One way of carrying events. Both ways behave alike: one contract suite runs against both. */
export interface Transport {
  readonly name: 'embedded' | 'kafka';
  /**
   * Creates missing topics with this many partitions. An existing topic with another number keeps it: keys stay where
   * they are (traps.md 5), and readiness reports it. Resolves when the topics exist. If Kafka is unavailable, it resolves
   * after a moment and keeps trying until it is closed, with the sign-in of `service`; publishers and readers wait for
   * their topics by themselves.
   */
  prepare(topics: readonly string[], partitions: number, service?: string): Promise<void>;
  publisher(service: string): Publisher;
  strategy(options: StrategyOptions): ConsumerStrategy;
  close(): Promise<void>;
}
