/**
 * Runs `work` over the items. Items of one key run one after the other in the given order; items of different keys run in
 * parallel. It starts no more items when `goOn` returns false or one item throws, waits for those that run, then throws
 * the first error. No work outlives the promise (traps.md 15).
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
