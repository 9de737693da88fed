import { ClientDeathUndone, ClientDied, type DeathUndoReason, type EndedBy } from '#contracts';
import { accepted } from '#decider';
import { isOpen } from '#tracking';
import type { Caller } from '../model/command.ts';
import type { KnownFacts } from '../model/facts.ts';
import { withdrawing } from '../task/effects/ending.ts';
import { isSender } from '../task/table/relation.ts';
import { guardRefused, nothingToDo, roleRefused, type ReferralDecision } from '../model/refusal.ts';
import { settling } from './settle-need.ts';
import { isLeft } from './roll-up.ts';
import { lookAhead } from '../evolve/unfold.ts';
import { tasksOfNeed } from '../evolve/referral.fold.ts';
import type { AnyReferralEvent, ReferralState } from '../model/state.ts';

/** The events whose reason may be that the client died. */
type SayingDeceased<Event> = Event extends { readonly reason?: unknown }
  ? 'reason' extends keyof Event
    ? 'deceased' extends Event['reason']
      ? Event
      : never
    : never
  : never;

/** Whether such a reason reports the death: where something ends by it. A proposal may still be rejected. */
const reports: Readonly<Record<SayingDeceased<AnyReferralEvent>['type'], boolean>> = {
  'referral.task.declined': true,
  'referral.task.not-completed': true,
  'referral.task.withdrawn': true,
  'referral.need.settled': true,
  'referral.task.decline-proposed': false,
  'referral.task.withdrawal-requested': false,
  'referral.task.redirected': false,
  'referral.task.marked-in-error': false,
  'referral.task.reopened': false,
};

/** Whether an event is somebody's word that the client died, whoever they are and whatever they ended with it. */
function reportsDeath(event: AnyReferralEvent): boolean {
  return 'reason' in event && event.reason === 'deceased' && reports[event.type];
}

/**
 * A client who dies ends everything of the referral in the command that says so: every open Task, and every need that
 * waits for another agency or was never offered (domain.md §2). `state`: as it was before these events.
 */
export function withDeath(
  state: ReferralState | null,
  events: readonly AnyReferralEvent[],
  caller: Caller,
  facts: KnownFacts,
): readonly AnyReferralEvent[] {
  if (state === null || !events.some(reportsDeath)) return events;
  const isReported = events.some((event) => event.type === 'referral.client.died') || facts.clientDied;
  const by = events.flatMap((event) => (event.type === 'referral.task.withdrawn' ? [event.by] : []))[0] ?? 'system';
  const after = lookAhead(state, events, caller, facts.now);
  return [...events, ...(isReported ? [] : [dying(state)]), ...endingAll(after, by, { caller, facts })];
}

/** Ends another referral of a client whose death was reported: by the platform, at once. */
export function endForDeath(state: ReferralState, caller: Caller, facts: KnownFacts): ReferralDecision {
  if (caller.kind !== 'system') return roleRefused(state, 'end-for-death');
  if (!facts.clientDied) return guardRefused(state, 'end-for-death', 'clientDied', {});
  const ended = endingAll(state, 'system', { caller, facts });
  return accepted(ended.length === 0 ? [] : [dying(state), ...ended]);
}

/** The word alone, where nothing is open that would end with it. */
export function tellingDeath(state: ReferralState, action: string, facts: KnownFacts): ReferralDecision {
  return facts.clientDied ? nothingToDo(state, action) : accepted([dying(state)]);
}

/** The sender takes a mistaken death back. What ended stays so; each Task may be reopened. */
export function undoDeath(
  state: ReferralState,
  { reason }: { readonly reason: DeathUndoReason },
  caller: Caller,
  facts: KnownFacts,
): ReferralDecision {
  if (!isSender(state, caller)) return roleRefused(state, 'undo-death');
  const { referralId, clientId } = state;
  if (!facts.clientDied) return guardRefused(state, 'undo-death', 'clientDied', { clientId });
  return accepted([ClientDeathUndone.of({ referralId, clientId, reason })]);
}

function dying({ referralId, clientId }: ReferralState): ClientDied {
  return ClientDied.of({ referralId, clientId });
}

function endingAll(
  state: ReferralState,
  by: EndedBy,
  { caller, facts }: { readonly caller: Caller; readonly facts: KnownFacts },
): readonly AnyReferralEvent[] {
  const ended = state.tasks
    .filter(isOpen)
    .flatMap((task) => withdrawing(state, task, { reason: 'deceased' as const, by }));
  const after = lookAhead(state, ended, caller, facts.now);
  const left = after.needs.filter((need) => isLeft(need, tasksOfNeed(after, need.serviceRequestId)));
  return [...ended, ...left.map((need) => settling(after, need, 'deceased'))];
}
