/**
 * Splits a failed batch into two halves such that each key is in only one half. Undefined if the batch has only one key,
 * because that cannot be split (architecture.md §4.9). Each half keeps its order.
 */
export function halvesByKey<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly [readonly T[], readonly T[]] | undefined {
  const sizes = new Map<string, number>();
  for (const item of items) sizes.set(keyOf(item), (sizes.get(keyOf(item)) ?? 0) + 1);
  if (sizes.size < 2) return undefined;
  const first = new Set<string>();
  let taken = 0;
  for (const [key, size] of sizes) {
    if (first.size > 0 && (taken + size > items.length / 2 || first.size === sizes.size - 1)) break;
    first.add(key);
    taken += size;
  }
  return [items.filter((item) => first.has(keyOf(item))), items.filter((item) => !first.has(keyOf(item)))];
}
