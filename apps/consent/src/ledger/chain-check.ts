import { firstBreak, firstSeal, seal } from '../disclosure/chain.ts';
import type { SealedEntry } from '../disclosure/disclosure.ts';
import type { ChainHead } from '../anchors/anchor.ts';
import { inChain, type Finding } from './finding.ts';

/** One client's chain in the database, by place, and other records of where it should end. */
export interface Chain {
  readonly clientId: string;
  readonly entries: readonly SealedEntry[];
  /** The end of the chain according to its own row. */
  readonly head: ChainHead | undefined;
  /** The last anchor that covers the chain. */
  readonly anchored: ChainHead | undefined;
  /** Entries whose event the ledger's group never handled. */
  readonly withoutEvent: ReadonlySet<string>;
}

interface Placed {
  readonly entry: SealedEntry;
  /** The place at which this very entry was sealed; null: no seal of this content. */
  readonly sealedAt: number | null;
}

/** In a chain longer than this we do not search for the origin of a moved entry. */
const longestSearch = 500;

/** Every sign that the chain was changed; empty: it is intact. */
export function checkChain(chain: Chain): readonly Finding[] {
  if (isIntact(chain)) return [];
  const placed = placedOf(chain.entries);
  const findings = [
    ...altered(chain, placed),
    ...resealed(chain, placed),
    ...inserted(chain, placed),
    ...reordered(chain, placed),
    ...removed(chain, placed),
    ...rewritten(chain, placed),
  ];
  return findings.length > 0 ? findings : headMoved(chain);
}

/** The usual case: each entry follows the one before it, up to the head, with the seal that the anchor names. */
function isIntact({ entries, head, anchored, withoutEvent }: Chain): boolean {
  const end = head ?? { place: 0, seal: firstSeal };
  const isAnchored = anchored === undefined || entries[anchored.place - 1]?.seal === anchored.seal;
  return withoutEvent.size === 0 && isAnchored && firstBreak(entries, end) === null;
}

function placedOf(entries: readonly SealedEntry[]): readonly Placed[] {
  let shift = 0;
  return entries.map((entry) => {
    const sealedAt = placeOfSeal(entry, entries.length, shift);
    if (sealedAt !== null) shift = sealedAt - entry.place;
    return { entry, sealedAt };
  });
}

function placeOfSeal(entry: SealedEntry, length: number, shift: number): number | null {
  const { previousSeal, seal: claimed, ...bare } = entry;
  const isAt = (place: number): boolean => place > 0 && seal(previousSeal, { ...bare, place }).seal === claimed;
  const likely = [entry.place, entry.place + shift, entry.place - 1, entry.place + 1];
  const found = likely.find(isAt);
  if (found !== undefined) return found;
  if (length > longestSearch) return null;
  return Array.from({ length: length + 8 }, (_, index) => index + 1).find(isAt) ?? null;
}

function altered({ clientId, withoutEvent }: Chain, placed: readonly Placed[]): readonly Finding[] {
  return placed
    .filter(({ entry, sealedAt }) => sealedAt === null && !withoutEvent.has(entry.entryId))
    .map(({ entry }) => inChain('altered', clientId, entry.place, entry.entryId));
}

/** An entry with a new seal, whose followers still refer to its old one. */
function resealed({ clientId, withoutEvent }: Chain, placed: readonly Placed[]): readonly Finding[] {
  const bySealedAt = new Map(placed.map((each) => [each.sealedAt, each.entry]));
  return placed.flatMap(({ entry, sealedAt }) => {
    if (sealedAt === null || withoutEvent.has(entry.entryId)) return [];
    if (sealedAt === 1) return entry.previousSeal === firstSeal ? [] : [inChain('altered', clientId, 1, entry.entryId)];
    const before = bySealedAt.get(sealedAt - 1);
    return before === undefined || before.seal === entry.previousSeal || withoutEvent.has(before.entryId)
      ? []
      : [inChain('altered', clientId, before.place, before.entryId)];
  });
}

/** An entry without an event, a second entry for its place, or an entry behind the end. */
function inserted({ clientId, head, withoutEvent }: Chain, placed: readonly Placed[]): readonly Finding[] {
  const end = head?.place ?? 0;
  const counts = new Map<number, number>();
  for (const { entry, sealedAt } of placed) {
    if (sealedAt !== null && !withoutEvent.has(entry.entryId)) counts.set(sealedAt, (counts.get(sealedAt) ?? 0) + 1);
  }
  const foreign = placed.filter(({ entry, sealedAt }) => {
    if (withoutEvent.has(entry.entryId)) return true;
    return sealedAt !== null && ((counts.get(sealedAt) ?? 0) > 1 || (sealedAt === entry.place && sealedAt > end));
  });
  return foreign.map(({ entry }) => inChain('inserted', clientId, entry.place, entry.entryId));
}

function reordered({ clientId }: Chain, placed: readonly Placed[]): readonly Finding[] {
  const known = placed.filter((each) => each.sealedAt !== null);
  return known
    .filter(({ sealedAt }, index) => index > 0 && (known[index - 1]?.sealedAt ?? 0) > (sealedAt ?? 0))
    .map(({ entry }) => inChain('reordered', clientId, entry.place, entry.entryId));
}

/** Places that were once sealed and are now empty, in the middle or at the end. */
function removed({ clientId, head, anchored, withoutEvent }: Chain, placed: readonly Placed[]): readonly Finding[] {
  const seen = new Set(placed.map((each) => each.sealedAt));
  const spoilt = new Set(
    placed
      .filter((each) => each.sealedAt === null && !withoutEvent.has(each.entry.entryId))
      .map((each) => each.entry.place),
  );
  // if an entry was inserted, the head may have been moved with it, so it proves nothing
  const headPlace = withoutEvent.size > 0 ? 0 : (head?.place ?? 0);
  const sealed = placed.filter(({ entry }) => !withoutEvent.has(entry.entryId)).map((each) => each.sealedAt ?? 0);
  const end = sealed.reduce((most, place) => Math.max(most, place), Math.max(headPlace, anchored?.place ?? 0));
  const gaps: Finding[] = [];
  for (let place = 1; place <= end; place += 1) {
    if (!seen.has(place) && !spoilt.has(place)) gaps.push(inChain('removed', clientId, place));
  }
  return gaps;
}

/** Every entry from some place on has a new, consistent seal; the anchor knows the old one. */
function rewritten({ clientId, anchored }: Chain, placed: readonly Placed[]): readonly Finding[] {
  const there = placed.find(({ entry, sealedAt }) => sealedAt === entry.place && entry.place === anchored?.place);
  return there === undefined || there.entry.seal === anchored?.seal
    ? []
    : [inChain('rewritten', clientId, there.entry.place, there.entry.entryId)];
}

function headMoved({ clientId, entries, head }: Chain): readonly Finding[] {
  const last = entries.at(-1);
  if (last === undefined) return head === undefined || head.place === 0 ? [] : [inChain('head-moved', clientId, 1)];
  return head?.place === last.place && head.seal === last.seal ? [] : [inChain('head-moved', clientId, last.place)];
}
