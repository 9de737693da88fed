import type { EndedBy, OrganizationId, Role } from '#contracts';
import { assertNever } from '#decider';
import type { Caller } from '../../model/command.ts';
import type { ReferralState, TaskRow } from '../../model/state.ts';

/** What a caller is to a Task. One caller may be several things at once. */
export type Relation =
  | 'sender'
  | 'coordinator'
  | 'agency'
  | 'eligible-agency'
  | 'client'
  | 'creator'
  | 'privacy-officer'
  | 'system'
  | 'timer';

const senderRoles: readonly Role[] = ['discharge-planner', 'organization-admin'];
const agencyRoles: readonly Role[] = ['intake-worker', 'organization-admin'];

/** Which roles can make somebody this party at all; none where it is no person of the staff. */
export const rolesOfRelation: Readonly<Record<Relation, readonly Role[]>> = {
  sender: senderRoles,
  coordinator: ['coordinator'],
  agency: agencyRoles,
  'eligible-agency': agencyRoles,
  client: [],
  // The sending organization's people, and whoever else made the offer: a coordinator, or a hospital's own system.
  creator: [...senderRoles, 'coordinator', 'system-client'],
  'privacy-officer': ['privacy-officer'],
  system: [],
  timer: [],
};

export function isSender(referral: Pick<ReferralState, 'senderOrganizationId'>, caller: Caller): boolean {
  return caller.kind === 'person' && isOf(caller, referral.senderOrganizationId) && has(caller, senderRoles);
}

export function isCoordinator(caller: Caller): boolean {
  return caller.kind === 'person' && has(caller, ['coordinator']);
}

/** As which side a person acts on a whole referral or need; null for everybody else. */
export function relationToReferral(
  referral: Pick<ReferralState, 'senderOrganizationId'>,
  caller: Caller,
): 'sender' | 'coordinator' | null {
  if (isSender(referral, caller)) return 'sender';
  return isCoordinator(caller) ? 'coordinator' : null;
}

/**
 * Any intake worker or administrator of the recipient acts for it, so that an absent owner stops nobody. An organization
 * that a pool's Task is open to stays `eligible-agency` after another one claimed it: its refusal says that it came too late.
 */
export function relationsOf(task: TaskRow, caller: Caller): readonly Relation[] {
  switch (caller.kind) {
    case 'system':
    case 'timer':
    case 'client':
      return [caller.kind];
    case 'person':
      return personAs(task, caller);
    default:
      return assertNever(caller.kind);
  }
}

function personAs(task: TaskRow, caller: Caller): readonly Relation[] {
  const relations: Relation[] = [];
  const ofRecipient = isOf(caller, task.recipientOrganizationId);
  const ofSender = isOf(caller, task.senderOrganizationId);
  if (isSender(task, caller)) relations.push('sender');
  if (isCoordinator(caller)) relations.push('coordinator');
  if (has(caller, agencyRoles) && ofRecipient && task.sentAt !== null) relations.push('agency');
  if (has(caller, agencyRoles) && !ofRecipient && isEligible(task, caller)) relations.push('eligible-agency');
  const madeIt = task.createdBy === caller.personId && (ofSender || isCoordinator(caller));
  if (madeIt || isSender(task, caller)) relations.push('creator');
  if (has(caller, ['privacy-officer']) && (ofSender || !ofRecipient)) relations.push('privacy-officer');
  return relations;
}

function isEligible(task: TaskRow, caller: Caller): boolean {
  return caller.organizationId !== null && task.eligibleOrganizationIds.includes(caller.organizationId);
}

function isOf(caller: Caller, organizationId: OrganizationId | null): boolean {
  return organizationId !== null && caller.organizationId === organizationId;
}

function has(caller: Caller, roles: readonly Role[]): boolean {
  return caller.roles.some((role) => roles.includes(role));
}

/** Under which name a party ends a Task in the log. */
export function endedByOf(relation: Relation): EndedBy {
  switch (relation) {
    case 'creator':
    case 'privacy-officer':
      return 'sender';
    case 'eligible-agency':
      return 'agency';
    case 'sender':
    case 'coordinator':
    case 'agency':
    case 'client':
    case 'system':
    case 'timer':
      return relation;
    default:
      return assertNever(relation);
  }
}
