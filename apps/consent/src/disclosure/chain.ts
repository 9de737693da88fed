import { createHash } from 'node:crypto';
import { sealedText, type LedgerEntry, type SealedEntry } from './disclosure.ts';

/** The previous seal of the first entry in a client's chain. */
export const firstSeal = '0'.repeat(64);

export function seal(previousSeal: string, entry: LedgerEntry): SealedEntry {
  const hash = createHash('sha256').update(sealedText(previousSeal, entry)).digest('hex');
  return { ...entry, previousSeal, seal: hash };
}

/**
 * Finds tampering in a client's chain, oldest entry first: returns the place of the first entry that was changed,
 * inserted, or follows a removed one. `head` (place and seal of the last written entry) shows entries missing at the end.
 * Null: no tampering.
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
