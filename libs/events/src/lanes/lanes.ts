/**
 * Runs `work` over the items: those of one key one after the other in the order given, those of different keys beside
 * each other. Stops starting when `goOn` says no or when one throws, lets what runs end, then throws the first error.
 * No work outlives the promise (traps.md 15).
 */
export async function inLanes<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  work: (item: T) => Promise<void>,
  goOn: () => boolean,
): Promise<void> {
  const errors: unknown[] = [];
  const lane = async (own: readonly T[]): Promise<void> => {
    for (const item of own) {
      if (errors.length > 0 || !goOn()) return;
      try {
        await work(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all([...Map.groupBy(items, keyOf).values()].map(lane));
  if (errors.length > 0) throw errors[0];
}
