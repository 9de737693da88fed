import { TaskAccepted, TaskRedirected, TaskReopened, TaskReturnPathChanged } from '#contracts';
import { covers, endAccess, grantAccess, leastRequired, type Template } from '../../access/access.ts';
import type { AnyReferralEvent } from '../../model/state.ts';
import { dueFrom } from '../../timer/timer-policy.ts';
import { isPool, serviceOf, type EffectInput, type MoveAboutService } from '../rules/transition-request.ts';
import { endingSiblings, idsOf, parking, withdrawing } from './ending.ts';
import { awaitingConsent, drafting, sending, targetOf, targetOfTask, type Offer } from '../../offer/offer.ts';
import { endedByOf } from '../table/relation.ts';
import { claimable } from '../../offer/pool.ts';
import { required, omitAbsent } from '../../model/omit-absent.ts';

/** Rows 6 and 22. A claim gives the claimer its access, and the return path that the client granted to it. */
export function accepting(input: EffectInput<'referral.task.accepted'>): readonly AnyReferralEvent[] {
  const { referral, task, data, caller } = input;
  const { now, policy, newId } = input.facts;
  const claim =
    input.as === 'eligible-agency' ? required(claimable(input.facts, caller.organizationId), 'claim') : null;
  const recipientOrganizationId = required(claim?.organizationId ?? task.recipientOrganizationId, 'recipient');
  return [
    ...(claim === null
      ? []
      : grantAccess(
          referral,
          task,
          { organizationId: recipientOrganizationId, consent: claim.consent, template: claim },
          newId,
        )),
    ...(claim === null || claim.consent.returnPath === task.returnPath
      ? []
      : [TaskReturnPathChanged.of({ ...idsOf(task), returnPath: claim.consent.returnPath })]),
    TaskAccepted.of({
      ...idsOf(task),
      ownerId: data.ownerId,
      recipientOrganizationId,
      claimed: claim !== null,
      firstContactBy: dueFrom(now, 'first-contact-by', task.priority, policy),
      staleBy: dueFrom(now, 'stale-update', task.priority, policy),
      ...omitAbsent({ healthcareServiceId: claim?.healthcareServiceId, expectedBy: data.expectedBy }),
    }),
    ...(policy.offer === 'first-accept' ? endingSiblings(referral, task, 'another-agency-accepted') : []),
  ];
}

/** Row 10. The new Task goes out at once if the network lets the platform send, and asks for consent if that is missing. */
export function redirecting(request: EffectInput<'referral.task.redirected'>): readonly AnyReferralEvent[] {
  const { referral, need, task, data, facts } = request;
  const { reason } = data;
  const service = required(serviceOf(request), 'service');
  const offer = {
    taskId: facts.newId(),
    healthcareServiceId: service.healthcareServiceId,
    recipientOrganizationId: service.organizationId,
    round: 0,
  };
  return [
    ...endAccess(referral, task.taskId, { cause: 'redirected' }),
    TaskRedirected.of({
      ...idsOf(task),
      reason,
      targetHealthcareServiceId: service.healthcareServiceId,
      newTaskId: offer.taskId,
      ...parking(reason, facts.now),
    }),
    drafting(referral, need, { ...offer, replacesTaskId: task.taskId }),
    ...(facts.policy.reroute === 'auto' ? offering(request, offer) : []),
  ];
}

function offering(request: EffectInput<'referral.task.redirected'>, offer: Offer): readonly AnyReferralEvent[] {
  const { referral, need, facts } = request;
  const template = templateOf(request);
  return covers(facts.consent, template.required)
    ? sending(referral, need, offer, { consent: facts.consent, template }, facts)
    : [awaitingConsent(referral, need, offer, template.required, facts)];
}

/** Rows 17 and 24: by a person, by consent that fell, by time, and as the answer to a request. */
export function withdrawn(input: EffectInput<'referral.task.withdrawn'>): readonly AnyReferralEvent[] {
  const { referral, task } = input;
  const by = endedByOf(input.as);
  if (input.action === 'confirm-withdrawal') {
    return withdrawing(referral, task, { reason: required(task.withdrawalReason, 'withdrawalReason'), by });
  }
  switch (input.as) {
    case 'system': {
      const { consentExpiredAt: consentEndedAt } = input.facts;
      const reason = consentEndedAt === null ? 'consent-revoked' : 'consent-expired';
      return withdrawing(referral, task, { reason, by, ...omitAbsent({ consentEndedAt }) });
    }
    case 'timer': {
      // It was suspended for so long; the Task remembers for which of the two.
      const reason = task.reason === 'consent-expired' ? 'consent-expired' : 'consent-revoked';
      return withdrawing(referral, task, { reason, by });
    }
    case 'sender':
    case 'coordinator':
    case 'client':
      return withdrawing(referral, task, { reason: input.data.reason, by });
  }
}

/** Row 20. The ended Task stays as it is; consent is asked again when the new one is sent. */
export function reopening(request: EffectInput<'referral.task.reopened'>): readonly AnyReferralEvent[] {
  const { referral, need, task, data, facts } = request;
  const newTaskId = facts.newId();
  const named = data.healthcareServiceId === undefined ? null : required(serviceOf(request), 'service');
  return [
    TaskReopened.of({ ...idsOf(task), newTaskId, reason: data.reason }),
    drafting(referral, need, {
      taskId: newTaskId,
      ...(named === null ? targetOfTask(task) : targetOf(named)),
      reopensTaskId: task.taskId,
    }),
  ];
}

/** The template that a sending is cut to; for a pool, what every template requires. */
export function templateOf(request: MoveAboutService): Template {
  const service = isPool(request.task) && request.action !== 'redirect' ? null : serviceOf(request);
  return service ?? { required: leastRequired, asked: [] };
}
