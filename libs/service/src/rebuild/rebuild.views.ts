import { Code, Count, Id, Instant, Nested, Text, type InstantText } from '#contracts';

/** Which group's rows to make anew. */
export class AskRebuild {
  @Text({ max: 100 }) readonly group!: string;
}

export class RebuildAnswer {
  @Id() readonly rebuildId!: string;
  @Text() readonly group!: string;
}

/** A stream that stands as it stood, and why. */
export class RebuildFaultView {
  @Text() readonly key!: string;
  @Text() readonly reason!: string;
}

/** How far a rebuild is, and what became of it. */
export class Rebuild {
  @Id() readonly rebuildId!: string;
  @Text() readonly group!: string;
  @Code(['running', 'done', 'incomplete']) readonly state!: string;
  /** Streams and events that were read from the logs so far. */
  @Count() readonly streams!: number;
  @Count() readonly events!: number;
  @Count() readonly faults!: number;
  /** The first 20 of them. */
  @Nested(() => RebuildFaultView, { list: true }) readonly faultList!: readonly RebuildFaultView[];
  /** What it waits for; null when it goes on, or has ended. */
  @Text({ optional: true }) readonly waiting!: string | null;
  @Instant() readonly askedAt!: InstantText;
  @Instant({ optional: true }) readonly endedAt!: InstantText | null;
}
