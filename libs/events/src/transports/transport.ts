import type { Publisher } from '../messages.ts';
import type { ConsumerStrategy } from './consumer-strategy.ts';
import type { StrategyOptions } from './strategy-options.ts';

/** One way of carrying events. Both ways behave alike: one contract suite runs against both. */
export interface Transport {
  readonly name: 'embedded' | 'kafka';
  /**
   * Makes the topics with this many partitions where they are missing; before anyone publishes or subscribes. Throws
   * where one stands with another count: a keyed topic never changes it (traps.md 5).
   */
  prepare(topics: readonly string[], partitions: number): Promise<void>;
  publisher(service: string): Publisher;
  strategy(options: StrategyOptions): ConsumerStrategy;
  close(): Promise<void>;
}
