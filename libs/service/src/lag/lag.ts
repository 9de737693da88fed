import { relayCheckpoint, type Clock, type ConsumerStrategy, type GroupLag, type Relay } from '#events';
import type { UnitOfWork } from '#persistence';
import type { PartitionLag, ReaderLag, RelayLag, ServiceLag } from './lag.views.ts';

export interface LagParts {
  readonly unitOfWork: UnitOfWork;
  readonly relay: Pick<Relay, 'status'>;
  readonly strategy: Pick<ConsumerStrategy, 'lag' | 'readiness'>;
  readonly clock: Clock;
  /** How long the transport may take to answer; by default 5 s. */
  readonly withinMs?: number;
}

/** How far this service is: its relay in its own log, its groups in the topics that they read. */
export class Lag {
  constructor(private readonly parts: LagParts) {}

  /**
   * Answers even if the transport is unavailable, which is when operators need it. Throws `Unavailable` without the
   * database.
   */
  async read(): Promise<ServiceLag> {
    const { strategy, clock } = this.parts;
    const [relay, groups] = await Promise.all([this.relay(), this.groups()]);
    const { ready, detail } = strategy.readiness();
    const reading = groups === null && ready ? 'the topics do not answer' : detail;
    return { at: clock.now(), relay, reading, groups };
  }

  private async relay(): Promise<RelayLag> {
    const { unitOfWork, relay, clock } = this.parts;
    const { place, oldestUnsentAt } = await unitOfWork.run({ kind: 'system', key: '' }, relayCheckpoint);
    const since = oldestUnsentAt === null ? undefined : Date.parse(oldestUnsentAt);
    const lagMs = since === undefined ? 0 : Math.max(0, Date.parse(clock.now()) - since);
    const { leading, detail } = relay.status();
    return { ...place, oldestUnsentAt, lagMs, leading, detail };
  }

  private async groups(): Promise<readonly ReaderLag[] | null> {
    const { strategy, withinMs = 5_000 } = this.parts;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), withinMs);
    });
    try {
      return await Promise.race([strategy.lag().then(byGroup, () => null), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function byGroup(lags: readonly GroupLag[]): readonly ReaderLag[] {
  return [...Map.groupBy(lags, ({ group }) => group)]
    .map(([group, each]) => ({
      group,
      lag: each.reduce((sum, { lag }) => sum + lag, 0),
      partitions: each.map(partitionOf).sort(byPlace),
    }))
    .sort((one, other) => (one.group < other.group ? -1 : 1));
}

function partitionOf({ topic, partition, next, end, lag }: GroupLag): PartitionLag {
  return { topic, partition, next, end, lag };
}

function byPlace(one: PartitionLag, other: PartitionLag): number {
  return one.topic === other.topic ? one.partition - other.partition : one.topic < other.topic ? -1 : 1;
}
