import type { Publisher } from '../messages.ts';
import type { ConsumerStrategy } from './consumer-strategy.ts';
import type { StrategyOptions } from './strategy-options.ts';

/** One way of carrying events. Both ways behave alike: one contract suite runs against both. */
export interface Transport {
  readonly name: 'embedded' | 'kafka';
  /**
   * Makes the topics with this many partitions where they are missing. One that has another number keeps it: keys stay
   * where they are (traps.md 5), and readiness tells. Resolves when the topics are there; where Kafka is away, after a
   * moment, and goes on trying until it is closed, with the sign-in of `service`: publishers and readers wait for their topics by themselves.
   */
  prepare(topics: readonly string[], partitions: number, service?: string): Promise<void>;
  publisher(service: string): Publisher;
  strategy(options: StrategyOptions): ConsumerStrategy;
  close(): Promise<void>;
}
