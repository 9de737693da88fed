import { createHash } from 'node:crypto';
import { sealedText, type LedgerEntry, type SealedEntry } from './disclosure.ts';

/** What the first entry of a client's chain stands on. */
export const firstSeal = '0'.repeat(64);

export function seal(previousSeal: string, entry: LedgerEntry): SealedEntry {
  const hash = createHash('sha256').update(sealedText(previousSeal, entry)).digest('hex');
  return { ...entry, previousSeal, seal: hash };
}

/**
 * Where a client's chain, oldest first, is not what was written: the place of the first entry that was changed, put in,
 * or stands where one was taken out; `head` (place and seal of the last entry written) shows entries missing at the end.
 * Null: nothing was tampered with.
 */
export function firstBreak(
  chain: readonly SealedEntry[],
  head: { readonly place: number; readonly seal: string },
): number | null {
  let previous = firstSeal;
  for (const [index, entry] of chain.entries()) {
    const { previousSeal: _, seal: claimed, ...bare } = entry;
    if (entry.place !== index + 1 || entry.previousSeal !== previous || seal(previous, bare).seal !== claimed) {
      return index + 1;
    }
    previous = claimed;
  }
  return head.place === chain.length && head.seal === previous ? null : chain.length + 1;
}
