import { holdStates, type HoldState } from '#contracts/codes/hold-state';
import { outcomes, type Outcome } from '#contracts/codes/outcome';
import { progressKinds, type ProgressKind } from '#contracts/codes/progress-kind';
import type { ReasonCode } from '#contracts/codes/reason';
import type { TimelineItemView } from '#contracts';

/** What is known of an event beyond its title; each is a code that has words. */
export type Detail =
  | { readonly says: 'reason'; readonly reason: ReasonCode }
  | { readonly says: 'outcome'; readonly outcome: Outcome }
  | { readonly says: 'progress'; readonly progress: ProgressKind }
  | { readonly says: 'hold'; readonly hold: HoldState }
  | { readonly says: 'attempt'; readonly reached: boolean };

/** Who did it: a person of an organization, or nobody. */
export type Actor =
  | { readonly by: 'system' | 'timer' | 'client' }
  | { readonly by: 'person'; readonly personId: string | null; readonly organizationId: string | null };

export interface TimelineLine {
  readonly key: string;
  readonly type: string;
  readonly at: string;
  readonly need: TimelineItemView['need'];
  readonly actor: Actor;
  readonly details: readonly Detail[];
}

/** The lines of a timeline, newest first; those of one need, if one is given. */
export function linesOf(
  items: readonly TimelineItemView[],
  serviceRequestId: string | null = null,
): readonly TimelineLine[] {
  return items
    .filter((item) => serviceRequestId === null || item.serviceRequestId === serviceRequestId)
    .toSorted((a, b) => b.version - a.version)
    .map((item) => ({
      key: item.eventId,
      type: item.type,
      at: item.at,
      need: item.need,
      actor: actorOf(item),
      details: detailsOf(item),
    }));
}

function actorOf({ actorRole, actorId, actorOrganizationId }: TimelineItemView): Actor {
  if (actorRole === 'system' || actorRole === 'timer' || actorRole === 'client') return { by: actorRole };
  return { by: 'person', personId: actorId, organizationId: actorOrganizationId };
}

function detailsOf({ type, reason, subState, flags }: TimelineItemView): readonly Detail[] {
  const progress = progressKinds.find((kind) => flags.includes(kind));
  const outcome = outcomes.find((code) => flags.includes(code));
  const hold = type === 'referral.task.held' ? holdStates.find((state) => state === subState) : undefined;
  return [
    ...(reason === null ? [] : [{ says: 'reason' as const, reason }]),
    ...(outcome === undefined ? [] : [{ says: 'outcome' as const, outcome }]),
    ...(progress === undefined ? [] : [{ says: 'progress' as const, progress }]),
    ...(hold === undefined ? [] : [{ says: 'hold' as const, hold }]),
    ...(flags.includes('reached') ? [{ says: 'attempt' as const, reached: true }] : []),
    ...(flags.includes('not-reached') ? [{ says: 'attempt' as const, reached: false }] : []),
  ];
}
