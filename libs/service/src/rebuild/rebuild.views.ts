import { Code, Count, Id, Instant, Nested, Text, type InstantText } from '#contracts';

/** The group whose rows to rebuild. */
export class AskRebuild {
  @Text({ max: 100 }) readonly group!: string;
}

export class RebuildAnswer {
  @Id() readonly rebuildId!: string;
  @Text() readonly group!: string;
}

/** A stream that kept its old rows, and why. */
class RebuildFaultView {
  @Text() readonly key!: string;
  @Text() readonly reason!: string;
}

/** The progress and result of a rebuild. */
export class Rebuild {
  @Id() readonly rebuildId!: string;
  @Text() readonly group!: string;
  @Code(['running', 'done', 'incomplete']) readonly state!: string;
  /** Streams and events read from the logs so far. */
  @Count() readonly streams!: number;
  @Count() readonly events!: number;
  @Count() readonly faults!: number;
  /** The first 20 of them. */
  @Nested(() => RebuildFaultView, { list: true }) readonly faultList!: readonly RebuildFaultView[];
  /** What it is waiting for; null while it runs or after its end. */
  @Text({ optional: true }) readonly waiting!: string | null;
  @Instant() readonly askedAt!: InstantText;
  @Instant({ optional: true }) readonly endedAt!: InstantText | null;
}
