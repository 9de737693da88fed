import { NeedSettled, type ReasonCode } from '#contracts';
import { accepted } from '#decider';
import type { Caller, OfferNeed, SettleNeed } from '../model/command.ts';
import type { FactsWith } from '../model/facts.ts';
import { openTaskFor, otherOpenTask } from '../task/rules/guard.ts';
import { drafting, targetOf } from '../offer/offer.ts';
import { relationToReferral } from '../task/table/relation.ts';
import { reasonFaults } from '../task/rules/reason.ts';
import { guardRefused, invalid, roleRefused, type ReferralDecision } from '../model/refusal.ts';
import type { NeedRow, ReferralState } from '../model/state.ts';

/** A need that a person ends without service: unmet, with the reason (domain.md §2, roll-up). */
export function settling(state: ReferralState, need: NeedRow, reason: ReasonCode): NeedSettled {
  const { serviceRequestId } = need;
  return NeedSettled.of({ referralId: state.referralId, serviceRequestId, result: 'unmet', reason, byHand: true });
}

export function settleNeed(state: ReferralState, need: NeedRow, command: SettleNeed, caller: Caller): ReferralDecision {
  if (relationToReferral(state, caller) === null) return roleRefused(state, command.type);
  const { reason, hasNote = false } = command;
  const faults = reasonFaults('settle', { reason, hasNote });
  if (faults.length > 0) return invalid(state, command.type, faults);
  const open = otherOpenTask(state, need);
  if (open !== null) return guardRefused(state, command.type, 'noOpenTask', open);
  if (need.result !== 'in-play') return guardRefused(state, command.type, 'needIsInPlay', { result: need.result });
  return accepted([settling(state, need, reason)]);
}

/** A draft for one service, or for the pool. Settled needs may be offered again: that puts them in play. */
export function offerNeed(
  state: ReferralState,
  need: NeedRow,
  command: OfferNeed,
  { caller, facts }: { readonly caller: Caller; readonly facts: FactsWith<'service'> },
): ReferralDecision {
  if (relationToReferral(state, caller) === null) return roleRefused(state, command.type);
  const { clientId } = state;
  if (facts.clientDied) return guardRefused(state, command.type, 'clientIsAlive', { clientId });
  const service = command.pool ? null : facts.service;
  if (service === null && !command.pool) {
    return invalid(state, command.type, [{ field: 'healthcareServiceId', message: 'no such healthcare service' }]);
  }
  const recipientOrganizationId = service?.organizationId ?? null;
  const same = openTaskFor(state, need, recipientOrganizationId);
  if (same !== null) return guardRefused(state, command.type, 'noOpenTaskForOrganization', same);
  const other = facts.policy.offer === 'single' ? otherOpenTask(state, need) : null;
  if (other !== null) return guardRefused(state, command.type, 'noOtherOpenTask', other);
  if (service !== null && service.need !== need.need) {
    return guardRefused(state, command.type, 'serviceServesNeed', { need: need.need, serves: service.need });
  }
  const { taskId } = command;
  return accepted([drafting(state, need, { taskId, ...targetOf(service) })]);
}
