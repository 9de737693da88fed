import { Count, Flag, Instant, Nested, Text, type InstantText } from '#contracts';

/** Where the relay is in the service's own log. Everything up to (xid, position) is in the topic. */
export class RelayLag {
  @Text() readonly xid!: string;
  @Text() readonly position!: string;
  @Instant({ optional: true }) readonly oldestUnsentAt!: InstantText | null;
  @Count() readonly lagMs!: number;
  /** True if the answering process is the one that sends; of several processes one sends. */
  @Flag() readonly leading!: boolean;
  @Text() readonly detail!: string;
}

/** Where a group is in one partition: the next offset that it reads and the next one that will be assigned. */
export class PartitionLag {
  @Text() readonly topic!: string;
  @Count() readonly partition!: number;
  @Text() readonly next!: string;
  @Text() readonly end!: string;
  @Count() readonly lag!: number;
}

export class ReaderLag {
  @Text() readonly group!: string;
  /** For all its partitions together. */
  @Count() readonly lag!: number;
  @Nested(() => PartitionLag, { list: true }) readonly partitions!: readonly PartitionLag[];
}

/** The checkpoints of a service: which part of its log is sent, and what each of its groups has read. */
export class ServiceLag {
  @Instant() readonly at!: InstantText;
  @Nested(() => RelayLag) readonly relay!: RelayLag;
  /** Tells whether every group reads and, if not, what prevents it. */
  @Text() readonly reading!: string;
  /** Null while the topics do not answer; then `reading` says so. */
  @Nested(() => ReaderLag, { list: true, optional: true }) readonly groups!: readonly ReaderLag[] | null;
}
