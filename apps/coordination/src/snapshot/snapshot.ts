import type { ReferralId } from '#contracts';
import type { BoardReferral, Fact } from '../board/board.ts';
import { fold } from '../board/board.fold.ts';

/**
 * What the board keeps of a referral: its recent events, and the state folded from all earlier ones. An event that arrives
 * late is put in its place among the recent ones, so rows never depend on the order of arrival (architecture.md §5: readers
 * tolerate inversion). An event older than those is ignored.
 */
export interface Snapshot {
  readonly referralId: ReferralId;
  readonly base: BoardReferral | null;
  readonly baseVersion: number;
  readonly recentEvents: readonly Fact[];
}

export interface FoldedSnapshot extends Snapshot {
  /** The state folded from all events. */
  readonly referral: BoardReferral;
}

/** The number of recent events that are kept: more than any inversion spans, few enough to write with every event. */
export const keptEvents = 48;

export function folded(snapshot: Snapshot): FoldedSnapshot {
  return { ...snapshot, referral: fold(snapshot.referralId, snapshot.base, snapshot.recentEvents) };
}

/** The snapshot with more events; events that it already has change nothing. */
export function withEvents(snapshot: FoldedSnapshot, more: readonly Fact[]): FoldedSnapshot {
  const { referralId, base, baseVersion } = snapshot;
  const fresh = freshOf(snapshot, more);
  if (fresh.length === 0) return snapshot;
  const recentEvents = [...snapshot.recentEvents, ...fresh].sort((a, b) => a.version - b.version);
  const inOrder = (fresh[0]?.version ?? 0) > (snapshot.recentEvents.at(-1)?.version ?? baseVersion);
  const referral = inOrder ? fold(referralId, snapshot.referral, fresh) : fold(referralId, base, recentEvents);
  return { ...compacted({ referralId, base, baseVersion, recentEvents }), referral };
}

function freshOf(snapshot: Snapshot, more: readonly Fact[]): readonly Fact[] {
  const known = new Set(snapshot.recentEvents.map(({ version }) => version));
  const byVersion = new Map(more.map((fact) => [fact.version, fact]));
  return [...byVersion.values()]
    .filter(({ version }) => version > snapshot.baseVersion && !known.has(version))
    .sort((a, b) => a.version - b.version);
}

function compacted(snapshot: Snapshot): Snapshot {
  const { referralId, base, baseVersion, recentEvents } = snapshot;
  const old = recentEvents.slice(0, Math.max(0, recentEvents.length - keptEvents));
  if (old.length === 0) return snapshot;
  return {
    referralId,
    base: fold(referralId, base, old),
    baseVersion: old.at(-1)?.version ?? baseVersion,
    recentEvents: recentEvents.slice(old.length),
  };
}
