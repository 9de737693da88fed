/**
 * The partition of a key: FNV-1a over its UTF-8 bytes. It must never change, because a key's events stay in one
 * partition.
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % partitions;
}
