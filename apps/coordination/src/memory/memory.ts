import type { ReferralId } from '#contracts';
import type { BoardReferral, Fact } from '../board/board.ts';
import { fold } from '../board/board.fold.ts';

/**
 * What the board keeps of a referral: its recent facts, and a snapshot that all earlier facts led to. A fact that arrives
 * late is put in its place among the recent ones, so the rows never depend on the order of arrival (architecture.md §5:
 * readers tolerate inversion). An event older than the window of {@link keptFacts} is ignored.
 */
export interface Memory {
  readonly referralId: ReferralId;
  readonly base: BoardReferral | null;
  readonly baseVersion: number;
  readonly facts: readonly Fact[];
}

export interface Remembered extends Memory {
  /** All of it, folded. */
  readonly referral: BoardReferral;
}

/** So many latest facts are kept one by one: more than any inversion spans, few enough to write with every event. */
export const keptFacts = 48;

export function remembered(memory: Memory): Remembered {
  return { ...memory, referral: fold(memory.referralId, memory.base, memory.facts) };
}

/** The memory with more facts in it; those that it has already change nothing. */
export function withFacts(memory: Remembered, more: readonly Fact[]): Remembered {
  const { referralId, base, baseVersion } = memory;
  const fresh = freshOf(memory, more);
  if (fresh.length === 0) return memory;
  const facts = [...memory.facts, ...fresh].sort((a, b) => a.version - b.version);
  const inOrder = (fresh[0]?.version ?? 0) > (memory.facts.at(-1)?.version ?? baseVersion);
  const referral = inOrder ? fold(referralId, memory.referral, fresh) : fold(referralId, base, facts);
  return { ...compacted({ referralId, base, baseVersion, facts }), referral };
}

function freshOf(memory: Memory, more: readonly Fact[]): readonly Fact[] {
  const known = new Set(memory.facts.map(({ version }) => version));
  const byVersion = new Map(more.map((fact) => [fact.version, fact]));
  return [...byVersion.values()]
    .filter(({ version }) => version > memory.baseVersion && !known.has(version))
    .sort((a, b) => a.version - b.version);
}

function compacted(memory: Memory): Memory {
  const old = memory.facts.slice(0, Math.max(0, memory.facts.length - keptFacts));
  if (old.length === 0) return memory;
  return {
    referralId: memory.referralId,
    base: fold(memory.referralId, memory.base, old),
    baseVersion: old.at(-1)?.version ?? memory.baseVersion,
    facts: memory.facts.slice(old.length),
  };
}
