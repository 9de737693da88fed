import { partitionsPerTopic } from '#contracts';

/**
 * How many partitions of a topic carry keys, counted from the first one. Partitions beyond the contract's number stay
 * empty: if a key's partition depended on the number of partitions, its later events could be in another partition than
 * its earlier ones, without an order between them (traps.md 5).
 */
export function carrying(found: number): number {
  return Math.min(found, partitionsPerTopic);
}

/** A message about topics whose number of partitions differs from the contract's; nothing for the others. */
export function unusualCounts(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts]
    .filter(([, count]) => count !== partitionsPerTopic)
    .map(([topic, count]) =>
      count > partitionsPerTopic
        ? `${topic} has ${count} partitions, of which the first ${partitionsPerTopic} carry events`
        : `${topic} has ${count} partitions instead of ${partitionsPerTopic}`,
    );
}
