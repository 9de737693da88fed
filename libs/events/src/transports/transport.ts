import type { UnitOfWork } from '#persistence';
import type { Clock, Ids } from '../clock.ts';
import type { Publisher } from '../messages.ts';
import type { ParkedBecause } from '../parking/parked.ts';
import type { Inbox } from '../reading/inbox.ts';
import type { ConsumerStrategy } from './consumer-strategy.ts';

/** Told after a parked event is stored: for logs and metrics. Ids and words only. */
export interface ParkedNotice {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly eventId: string;
  readonly type: string | null;
  readonly key: string;
  readonly because: ParkedBecause;
  readonly reason: string;
  readonly attempts: number;
}

export interface StrategyOptions {
  readonly service: string;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids?: Ids;
  /** Learns at the start who reads whom, for {@link Inbox.reached}. */
  readonly inbox?: Inbox;
  readonly onParked?: (parked: ParkedNotice) => void;
  /** How many attempts run at once in this service, over all its groups. 4 unless told. */
  readonly parallel?: number;
}

/** How far a group is in one partition. Offsets are decimal texts. */
export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** The next offset that the group will read. */
  readonly next: string;
  /** The next offset that the partition will give. */
  readonly end: string;
  readonly lag: number;
}

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
