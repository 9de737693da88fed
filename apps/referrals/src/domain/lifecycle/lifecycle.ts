import {
  NeedAdded,
  ReferralChanged,
  ReferralCreated,
  TaskTimerMoved,
  type EndedBy,
  type PolicyTimer,
  type ReferralId,
} from '#contracts';
import { accepted, type Unmet } from '#decider';
import { isOpen } from '#tracking';
import type {
  AddNeed,
  Caller,
  ChangeReferral,
  CreateReferral,
  NewNeedData,
  WithdrawReferral,
} from '../model/command.ts';
import type { FactsWith, KnownFacts, Policy } from '../model/facts.ts';
import { contactChanges } from './contact-change.ts';
import { idsOf, isAnswered, requestingWithdrawal, withdrawing } from '../task/effects/ending.ts';
import { drafting } from '../offer/offer.ts';
import { isSender, relationToReferral } from '../task/table/relation.ts';
import { omitAbsent } from '../model/omit-absent.ts';
import { reasonFaults } from '../task/rules/reason.ts';
import { isLeft } from './roll-up.ts';
import { settling } from './settle-need.ts';
import { lookAhead } from '../evolve/unfold.ts';
import { tasksOfNeed } from '../evolve/referral.fold.ts';
import type { AnyReferralEvent, ReferralState, TaskRow } from '../model/state.ts';
import { plus } from '../model/instant.ts';
import { tellingDeath } from './death.ts';
import { guardRefused, invalid, nothingToDo, roleRefused, type ReferralDecision } from '../model/refusal.ts';

/** The planner's own record, or the hospital's system in their name (contract.md §2.1). */
export function createReferral(
  state: ReferralState | null,
  command: CreateReferral,
  { caller, facts }: { readonly caller: Caller; readonly facts: FactsWith<'contact'> },
): ReferralDecision {
  if (state !== null) return guardRefused(state, command.type, 'referralIsNew', { referralId: state.referralId });
  const { referralId, clientId, senderOrganizationId, networkId, priority, neededBy } = command;
  const mayCreate = caller.roles.some((role) => role === 'discharge-planner' || role === 'system-client');
  if (caller.kind !== 'person' || !mayCreate || caller.organizationId !== senderOrganizationId) {
    return roleRefused(null, command.type);
  }
  if (facts.clientDied) return guardRefused(null, command.type, 'clientIsAlive', { clientId });
  const unmet = unmetByOffers(command.needs, facts.policy);
  if (unmet !== null) return guardRefused(null, command.type, unmet.guard, unmet.facts);
  return accepted([
    ReferralCreated.of({
      referralId,
      clientId,
      senderOrganizationId,
      networkId,
      priority,
      ...omitAbsent({ neededBy }),
    }),
    ...command.needs.map((need) => adding(referralId, need)),
    ...command.needs.flatMap((need) => draftingFirst(referralId, need)),
    ...contactChanges({ referralId, clientId }, facts.contact),
  ]);
}

export function addNeed(state: ReferralState, command: AddNeed, caller: Caller, facts: KnownFacts): ReferralDecision {
  if (!isSender(state, caller)) return roleRefused(state, command.type);
  const { clientId } = state;
  if (facts.clientDied) return guardRefused(state, command.type, 'clientIsAlive', { clientId });
  const unmet = unmetByOffers([command], facts.policy);
  if (unmet !== null) return guardRefused(state, command.type, unmet.guard, unmet.facts);
  return accepted([adding(state.referralId, command), ...draftingFirst(state.referralId, command)]);
}

function adding(referralId: ReferralId, { serviceRequestId, need, areaId }: NewNeedData): NeedAdded {
  return NeedAdded.of({ referralId, serviceRequestId, need, areaId });
}

function draftingFirst(referralId: ReferralId, need: NewNeedData): readonly AnyReferralEvent[] {
  return (need.offers ?? []).map((offer) => drafting({ referralId }, need, offer));
}

/** Why the offers of a new need cannot stand side by side, as for one that is offered again later; null where they can. */
function unmetByOffers(needs: readonly NewNeedData[], { offer }: Policy): UnmetGuard | null {
  for (const { offers = [], serviceRequestId } of needs) {
    if (offer === 'single' && offers.length > 1) {
      return { guard: 'noOtherOpenTask', facts: { serviceRequestId, offers: offers.length } };
    }
    const organizations = offers.map((each) => each.recipientOrganizationId);
    const recipientOrganizationId = organizations.find((each, index) => organizations.indexOf(each) !== index);
    if (recipientOrganizationId !== undefined) {
      return { guard: 'noOpenTaskForOrganization', facts: { serviceRequestId, recipientOrganizationId } };
    }
  }
  return null;
}

interface UnmetGuard {
  readonly guard: string;
  readonly facts: Unmet;
}

/** Timers that a priority lengthens or shortens. Others follow a date that somebody named, or a delivery that may be done. */
const byPriority: readonly PolicyTimer[] = [
  ...(['acknowledge-by', 'respond-by', 'info-reply-by', 'review-by', 'reroute-by'] as const),
  ...(['first-contact-by', 'stale-update', 'suspension'] as const),
];

/**
 * A changed priority moves what is running, from where it started; a changed day moves needed-by by itself. A note alone
 * moves nothing, yet it is a change of the referral: whoever read it before holds a stale version.
 */
export function changeReferral(
  state: ReferralState,
  command: ChangeReferral,
  caller: Caller,
  facts: KnownFacts,
): ReferralDecision {
  if (!isSender(state, caller)) return roleRefused(state, command.type);
  const priority = command.priority ?? state.priority;
  const neededBy = command.neededBy === undefined ? state.neededBy : command.neededBy;
  if (priority === state.priority && neededBy === state.neededBy && command.hasNote !== true) return accepted([]);
  return accepted([
    ReferralChanged.of({ referralId: state.referralId, priority, ...omitAbsent({ neededBy }) }),
    ...(priority === state.priority ? [] : state.tasks.flatMap((task) => movedTimers(task, priority, facts.policy))),
  ]);
}

function movedTimers(task: TaskRow, priority: TaskRow['priority'], policy: Policy): readonly TaskTimerMoved[] {
  return task.timers.flatMap((running) => {
    const timer = byPriority.find((each) => each === running.timer);
    if (timer === undefined) return [];
    const dueAt = plus(running.startedAt, policy.timers[timer][priority]);
    return dueAt === running.dueAt ? [] : [TaskTimerMoved.of({ ...idsOf(task), timer, dueAt })];
  });
}

/**
 * Every open Task in one command (contract.md §4.5): what nobody answered ends, what an agency took on is asked back;
 * `deceased` ends all at once. Needs that wait for another agency, or were never offered, are settled with it.
 */
export function withdrawReferral(
  state: ReferralState,
  command: WithdrawReferral,
  caller: Caller,
  facts: KnownFacts,
): ReferralDecision {
  const by = relationToReferral(state, caller);
  if (by === null) return roleRefused(state, command.type);
  const { reason, hasNote = false } = command;
  const faults = reasonFaults('withdraw', { reason, hasNote });
  if (faults.length > 0) return invalid(state, command.type, faults);
  const events = state.tasks.filter(isOpen).flatMap((task) => withdrawingOne(state, task, { reason, by }, facts));
  const after = lookAhead(state, events, caller, facts.now);
  const left = after.needs.filter((need) => isLeft(need, tasksOfNeed(after, need.serviceRequestId)));
  const settled = left.map((need) => settling(after, need, reason));
  if (events.length + settled.length > 0) return accepted([...events, ...settled]);
  return reason === 'deceased' ? tellingDeath(state, command.type, facts) : nothingToDo(state, command.type);
}

function withdrawingOne(
  state: ReferralState,
  task: TaskRow,
  end: { readonly reason: WithdrawReferral['reason']; readonly by: EndedBy },
  facts: KnownFacts,
): readonly AnyReferralEvent[] {
  if (!isAnswered(task) || end.reason === 'deceased') return withdrawing(state, task, end);
  return task.withdrawalRequestedAt === null ? [requestingWithdrawal(task, end, facts)] : [];
}
