import { partitionsPerTopic } from '#contracts';

/**
 * How many partitions of a topic carry keys, the first of those that it has. More than the contract's number stay empty:
 * a key whose partition followed the count would have later events in another partition than its earlier ones, and no
 * order between them (traps.md 5).
 */
export function carrying(found: number): number {
  return Math.min(found, partitionsPerTopic);
}

/** What is to be said of topics that have another number of partitions than the contract's; nothing of the others. */
export function unusualCounts(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts]
    .filter(([, count]) => count !== partitionsPerTopic)
    .map(([topic, count]) =>
      count > partitionsPerTopic
        ? `${topic} has ${count} partitions, of which the first ${partitionsPerTopic} carry events`
        : `${topic} has ${count} partitions instead of ${partitionsPerTopic}`,
    );
}
