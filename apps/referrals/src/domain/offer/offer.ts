import {
  TaskConsentAwaited,
  TaskDrafted,
  TaskSent,
  type Category,
  type HealthcareServiceId,
  type OrganizationId,
  type ReturnPath,
  type TaskId,
} from '#contracts';
import { grantAccess, grantToCoordinator, leastRequired, type Template } from '../access/access.ts';
import { purposeOfReferral } from '../consent/consent-fact.ts';
import type { Target } from '../model/command.ts';
import type { ConsentFact, FactsWith, KnownFacts, ServiceFact } from '../model/facts.ts';
import type { AnyReferralEvent, NeedRow, ReferralState, TaskRow } from '../model/state.ts';
import { dueFrom } from '../timer/timer-policy.ts';
import { coveredEntries } from './pool.ts';
import { omitAbsent } from '../model/omit-absent.ts';

const aPool: Target = { healthcareServiceId: null, recipientOrganizationId: null };

/** A service as a target; a pool where there is none. */
export function targetOf(service: Pick<ServiceFact, 'healthcareServiceId' | 'organizationId'> | null): Target {
  if (service === null) return aPool;
  return { healthcareServiceId: service.healthcareServiceId, recipientOrganizationId: service.organizationId };
}

/** The same target as that of a Task. */
export function targetOfTask({
  healthcareServiceId,
  recipientOrganizationId,
}: Pick<TaskRow, 'healthcareServiceId' | 'recipientOrganizationId'>): Target {
  return healthcareServiceId === null || recipientOrganizationId === null
    ? aPool
    : { healthcareServiceId, recipientOrganizationId };
}

/** A Task that is about to be offered: a row, or one that this decision drafts. */
export interface Offer {
  readonly taskId: TaskId;
  readonly recipientOrganizationId: OrganizationId | null;
  readonly healthcareServiceId: HealthcareServiceId | null;
  readonly round: number;
}

/** A recipient that consent covers, with the template of its service. */
export interface Addressee {
  readonly consent: ConsentFact;
  readonly template: Template;
}

export function drafting(
  referral: Pick<ReferralState, 'referralId'>,
  need: Pick<NeedRow, 'serviceRequestId' | 'need'>,
  offer: Target & { readonly taskId: TaskId; readonly replacesTaskId?: TaskId; readonly reopensTaskId?: TaskId },
): TaskDrafted {
  return TaskDrafted.of({
    referralId: referral.referralId,
    taskId: offer.taskId,
    serviceRequestId: need.serviceRequestId,
    need: need.need,
    assignment: offer.healthcareServiceId === null ? 'pool' : 'directed',
    ...omitAbsent({
      healthcareServiceId: offer.healthcareServiceId,
      recipientOrganizationId: offer.recipientOrganizationId,
      replacesTaskId: offer.replacesTaskId,
      reopensTaskId: offer.reopensTaskId,
    }),
  });
}

/** Access first, then the sending: nobody hears of a Task before its packet may be opened. */
export function sending(
  referral: ReferralState,
  need: NeedRow,
  offer: Offer,
  to: Addressee,
  facts: FactsWith<'consent'>,
): readonly AnyReferralEvent[] {
  const task = { taskId: offer.taskId, need: need.need };
  const organizationId = offer.recipientOrganizationId;
  return [
    ...(organizationId === null
      ? []
      : grantAccess(referral, task, { organizationId, consent: to.consent, template: to.template }, facts.newId)),
    ...grantToCoordinator(referral, task, to.template, facts),
    sent(referral, need, offer, to.consent.returnPath, facts),
  ];
}

/** A pool is sent without anybody's access: organizations that consent names see the need, not the person. */
export function sendingToPool(
  referral: ReferralState,
  need: NeedRow,
  offer: Offer,
  facts: FactsWith<'consent' | 'eligible'>,
): readonly AnyReferralEvent[] {
  const covered = coveredEntries(facts);
  const template = { required: leastRequired, asked: [] };
  const names = covered.map((each) => each.organizationId);
  const event = sent(referral, need, offer, narrowest(covered.map((each) => each.consent.returnPath)), facts);
  return [
    ...grantToCoordinator(referral, { taskId: offer.taskId, need: need.need }, template, facts),
    TaskSent.of({ ...event, eligibleOrganizationIds: names }),
  ];
}

export function awaitingConsent(
  referral: ReferralState,
  need: NeedRow,
  offer: Offer,
  categories: readonly Category[],
  facts: FactsWith<'consent'>,
): TaskConsentAwaited {
  return TaskConsentAwaited.of({
    referralId: referral.referralId,
    taskId: offer.taskId,
    serviceRequestId: need.serviceRequestId,
    clientId: referral.clientId,
    categories,
    purpose: facts.consent?.purpose ?? purposeOfReferral,
    ...omitAbsent({ recipientOrganizationId: offer.recipientOrganizationId }),
  });
}

function sent(
  referral: ReferralState,
  need: NeedRow,
  offer: Offer,
  returnPath: ReturnPath,
  { now, policy }: KnownFacts,
): TaskSent {
  return TaskSent.of({
    referralId: referral.referralId,
    taskId: offer.taskId,
    serviceRequestId: need.serviceRequestId,
    need: need.need,
    senderOrganizationId: referral.senderOrganizationId,
    priority: referral.priority,
    returnPath,
    acknowledgeBy: dueFrom(now, 'acknowledge-by', referral.priority, policy),
    deliverBy: dueFrom(now, 'deliver-by', referral.priority, policy),
    round: offer.round,
    ...omitAbsent({
      recipientOrganizationId: offer.recipientOrganizationId,
      healthcareServiceId: offer.healthcareServiceId,
    }),
  });
}

/** What all of them may report back: the pool does not know yet who will. */
function narrowest(paths: readonly ReturnPath[]): ReturnPath {
  if (paths.length === 0 || paths.includes('none')) return 'none';
  return paths.includes('status') ? 'status' : 'outcome';
}
