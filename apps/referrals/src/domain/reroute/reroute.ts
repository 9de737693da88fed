import { RerouteProposed, type InstantText, type OrganizationId, type TaskId } from '#contracts';
import { accepted, type Decision, type Unmet } from '#decider';
import { findTimer, isOpen } from '#tracking';
import { covers } from '../access/access.ts';
import type { CandidateFact, ConsentFact, FactsWith, ServiceFact } from '../model/facts.ts';
import { drafting, sending } from '../offer/offer.ts';
import { tasksOfNeed } from '../evolve/referral.fold.ts';
import type { AnyReferralEvent, NeedRow, ReferralState, TaskRow } from '../model/state.ts';
import { dueFrom } from '../timer/timer-policy.ts';

/** Why no reroute is proposed now: somebody offered again, it was settled, or it has been proposed already. */
export function unmetToPropose(
  state: ReferralState,
  need: NeedRow,
  afterTaskId: TaskId,
): { readonly guard: string; readonly facts: Unmet } | null {
  const open = tasksOfNeed(state, need.serviceRequestId).find(isOpen);
  if (open !== undefined) return { guard: 'noOtherOpenTask', facts: { openTaskId: open.taskId } };
  if (need.rerouteAfterTaskId !== afterTaskId) {
    return { guard: 'rerouteIsPending', facts: { afterTaskId: need.rerouteAfterTaskId } };
  }
  if (need.proposal?.afterTaskId === afterTaskId) return { guard: 'notProposedYet', facts: { at: need.proposal.at } };
  return null;
}

/**
 * The next candidates in the directory's order; by policy the best that consent covers is offered the need at once. Not
 * after an end that the sender may not learn of: a new Task of its own need would tell it, so a coordinator decides.
 */
export function proposeReroute(
  state: ReferralState,
  need: NeedRow,
  afterTask: TaskRow,
  facts: FactsWith<'candidates' | 'consent'>,
): Decision<AnyReferralEvent> {
  const parked = parkedOrganizations(state, need, facts.now);
  const candidates = facts.candidates.filter((each) => !parked.includes(each.organizationId));
  const quiet = afterTask.frozen !== null;
  const chosen =
    facts.policy.reroute === 'auto' && !quiet
      ? candidates.map((each) => sendable(each, need)).find(isThere)
      : undefined;
  const proposed = RerouteProposed.of({
    referralId: state.referralId,
    serviceRequestId: need.serviceRequestId,
    afterTaskId: afterTask.taskId,
    healthcareServiceIds: candidates.map((each) => each.healthcareServiceId),
    auto: chosen !== undefined,
    ...(quiet ? { quiet } : {}),
    rerouteBy:
      findTimer(afterTask.timers, 'reroute-by')?.dueAt ??
      dueFrom(facts.now, 'reroute-by', state.priority, facts.policy),
  });
  return accepted(chosen === undefined ? [proposed] : [proposed, ...offering(state, need, chosen, facts)]);
}

/** Organizations that ended this need themselves and may not be asked again yet; the one that just ended it always. */
export function parkedOrganizations(state: ReferralState, need: NeedRow, now: InstantText): readonly OrganizationId[] {
  const parked = tasksOfNeed(state, need.serviceRequestId)
    .filter((task) => task.taskId === need.rerouteAfterTaskId || (task.parkUntil !== null && task.parkUntil > now))
    .flatMap((task) => task.recipientOrganizationId ?? []);
  return [...new Set(parked)];
}

interface Sendable {
  readonly service: ServiceFact;
  readonly consent: ConsentFact;
}

/** Without a person only what a person would send: active, open or with a waiting list, in the area, covered by consent. */
function sendable({ service, consent }: CandidateFact, need: NeedRow): Sendable | null {
  if (service === null || !covers(consent, service.required) || !consent.fresh) return null;
  const serves = service.need === need.need && service.areaIds.includes(need.areaId) && service.openness !== 'closed';
  return serves && service.active && service.organizationActive ? { service, consent } : null;
}

function isThere<T>(value: T | null): value is T {
  return value !== null;
}

function offering(
  state: ReferralState,
  need: NeedRow,
  { service, consent }: Sendable,
  facts: FactsWith<'consent'>,
): readonly AnyReferralEvent[] {
  const offer = {
    taskId: facts.newId(),
    healthcareServiceId: service.healthcareServiceId,
    recipientOrganizationId: service.organizationId,
    round: 0,
  };
  return [drafting(state, need, offer), ...sending(state, need, offer, { consent, template: service }, facts)];
}
