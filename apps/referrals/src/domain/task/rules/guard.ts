import type { OrganizationId } from '#contracts';
import type { Guard, Unmet } from '#decider';
import { isOpen } from '#tracking';
import { covers, leastRequired, missingFrom } from '../../access/access.ts';
import { allowedChannels } from '../../model/contact.ts';
import { tasksOfNeed } from '../../evolve/referral.fold.ts';
import type { NeedRow, ReferralState, TaskRow } from '../../model/state.ts';
import type { GuardName, ReadsOf } from '../table/words.ts';
import type { FactName } from '../../model/facts.ts';
import { between, day } from '../../model/instant.ts';
import { timerFor, type TimedMove } from '../../timer/escalation.ts';
import {
  isPool,
  serviceOf,
  targetOrganization,
  type TransitionRequest,
  type TaskContext,
} from './transition-request.ts';
import { relationsOf } from '../table/relation.ts';
import { claimable, coveredEntries } from '../../offer/pool.ts';

const reopenWindowDays = 30;

type GuardOf<Name extends FactName> = Guard<TaskContext, TransitionRequest<Name>>;

/** A guard over data or facts; of the facts it can read those only which `ReadsOf` names, so every row with it names them. */
const facts = <Name extends FactName>(unmet: (request: TransitionRequest<Name>) => Unmet | null): GuardOf<Name> => ({
  over: 'facts',
  unmet,
});
const thing = (unmet: (context: TaskContext) => Unmet | null): GuardOf<never> => ({
  over: 'thing',
  unmet,
});
const unless = (holds: boolean, why: Unmet): Unmet | null => (holds ? null : why);

/** What the claims in the column `guards` of the table mean; an unmet one answers with ids, codes and counts. */
export const guards: { readonly [Name in GuardName]: GuardOf<ReadsOf<Name>> } = {
  someAgencyIsEligible: facts(({ task, facts: { eligible } }) =>
    unless(!isPool(task) || eligible.length > 0, { eligibleCount: 0 }),
  ),
  serviceServesNeed: facts((request) => {
    if (!isAboutOneService(request)) return null;
    const service = serviceOf(request);
    return unless(service?.need === request.need.need, { need: request.need.need, serves: service?.need ?? null });
  }),
  serviceIsActive: facts((request) => {
    if (!isAboutOneService(request)) return null;
    const service = serviceOf(request);
    const active = service !== null && service.active && service.organizationActive;
    return unless(active, { healthcareServiceId: service?.healthcareServiceId ?? null });
  }),
  serviceIsOpen: facts((request) => {
    const again = request.action === 'reopen' && request.data.healthcareServiceId === undefined;
    const { healthcareServiceId = null, openness = null } = (again ? request.facts.service : serviceOf(request)) ?? {};
    return unless(openness !== 'closed', { healthcareServiceId, openness });
  }),
  areaIsServed: facts((request) => {
    const { areaId } = request.need;
    const served = !isAboutOneService(request) || serviceOf(request)?.areaIds.includes(areaId) === true;
    return unless(served, { areaId });
  }),
  targetIsAnother: facts(({ data, task }) =>
    unless(data.healthcareServiceId !== task.healthcareServiceId, {
      healthcareServiceId: task.healthcareServiceId,
    }),
  ),
  consentViewIsFresh: facts(({ facts: { consent, eligible } }) => {
    const views = [consent, ...eligible.map((each) => each.consent)];
    return unless(
      views.every((view) => view === null || view.fresh),
      {},
    );
  }),
  consentCoversRecipient: facts((request) => {
    const missing = missingConsent(request);
    const why = { recipientOrganizationId: request.task.recipientOrganizationId, missing };
    return unless(missing.length === 0, why);
  }),
  consentDoesNotCoverRecipient: facts((request) => unless(missingConsent(request).length > 0, {})),
  consentNamesClaimer: facts((request) => {
    const { organizationId } = request.caller;
    return unless(claimable(request.facts, organizationId) !== null, { organizationId });
  }),
  noOpenTaskForOrganization: facts((request) =>
    openTaskFor(request.referral, request.need, targetOrganization(request), request.task),
  ),
  noOtherOpenTask: thing(({ referral, need, policy, task }) =>
    policy.offer === 'single' ? otherOpenTask(referral, need, task) : null,
  ),
  ownerIsActive: facts((request) => {
    const { owner } = request.facts;
    const organizationId = request.task.recipientOrganizationId ?? request.caller.organizationId;
    const stands = owner?.personId === request.data.ownerId && owner?.organizationId === organizationId && owner.active;
    return unless(stands, { ownerId: request.data.ownerId ?? null, organizationId });
  }),
  assignsOneselfOrIsAdministrator: facts(({ caller, data }) =>
    unless(data.ownerId === caller.personId || caller.roles.includes('organization-admin'), {
      ownerId: data.ownerId ?? null,
    }),
  ),
  returnRoundsLeft: thing(({ task: { round }, policy: { declineReviewRounds } }) =>
    unless(round < declineReviewRounds, { round, rounds: declineReviewRounds }),
  ),
  policyAllowsPick: thing(({ policy: { offer } }) => unless(offer === 'confirm-one', { offer })),
  notPickedYet: thing(({ task }) => unless(!task.picked, { taskId: task.taskId })),
  contactAttemptsMet: facts(contactAttemptsMet),
  channelIsAllowed: facts(({ data: { channel }, facts: { contact } }) => {
    const allowed = allowedChannels(contact);
    return unless(channel === undefined || allowed.includes(channel), { channel: channel ?? null, allowed });
  }),
  clientIsAlive: thing(({ clientDied = false, referral: { clientId } }) => unless(!clientDied, { clientId })),
  clientDied: facts(({ data }) => unless(data.reason === 'deceased', { reason: data.reason ?? null })),
  withinReopenWindow: thing(({ task, caller, now }) => {
    const { endedAt } = task;
    const isCoordinators = relationsOf(task, caller).includes('coordinator');
    const within = endedAt !== null && between(endedAt, now) <= reopenWindowDays * day;
    return unless(isCoordinators || within, { endedAt, days: reopenWindowDays });
  }),
  timerHasRunOut: facts(({ action, task, facts: { now, policy } }) => {
    const runsOut = timerFor(action as TimedMove, task, now, policy) !== undefined;
    return unless(runsOut, { timers: task.timers.map((each) => each.timer) });
  }),
};

/** A pool has no service of its own; a re-opening only where another one is named. */
function isAboutOneService({ action, data, task }: Pick<TransitionRequest, 'action' | 'data' | 'task'>): boolean {
  return action === 'reopen' ? data.healthcareServiceId !== undefined : action === 'redirect' || !isPool(task);
}

/** Required categories that consent lacks; for a pool only when it names nobody who is eligible. */
function missingConsent(request: TransitionRequest<'service' | 'consent' | 'eligible'>): readonly string[] {
  if (isPool(request.task)) return coveredEntries(request.facts).length > 0 ? [] : leastRequired;
  const required = serviceOf(request)?.required ?? leastRequired;
  if (covers(request.facts.consent, required)) return [];
  // A template that requires nothing still needs somebody's permission.
  return required.length === 0 ? leastRequired : missingFrom(request.facts.consent, required);
}

/** An open Task of the need with this organization, other than the one that is ending; null when there is none. */
export function openTaskFor(
  referral: ReferralState,
  need: NeedRow,
  organizationId: OrganizationId | null,
  except?: TaskRow,
): Unmet | null {
  const open = tasksOfNeed(referral, need.serviceRequestId).find(
    (task) => isOpen(task) && task !== except && task.recipientOrganizationId === organizationId,
  );
  return open === undefined ? null : { openTaskId: open.taskId };
}

/** Any other open Task of the need: under policy `single` there is one at most. */
export function otherOpenTask(referral: ReferralState, need: NeedRow, except?: TaskRow): Unmet | null {
  const open = tasksOfNeed(referral, need.serviceRequestId).find((task) => isOpen(task) && task !== except);
  return open === undefined ? null : { openTaskId: open.taskId };
}

/**
 * `unable-to-contact` takes so many attempts, on so many channels, with so many days between the first and the last. Where
 * fewer channels are allowed those are enough; where none is, the days count since the acceptance: the sender was asked.
 */
function contactAttemptsMet({
  data,
  task,
  facts: { now, policy, contact },
}: TransitionRequest<'contact'>): Unmet | null {
  if (data.reason !== 'unable-to-contact') return null;
  const { count, channels } = task.attempts;
  const allowed = contact.channels?.length ?? policy.attempts.channels;
  const reachable = allowed > 0;
  const neededCount = reachable ? policy.attempts.count : 0;
  const neededChannels = Math.min(policy.attempts.channels, allowed);
  const neededDays = policy.attempts.businessDays;
  const [since, last] = reachable
    ? [task.attempts.since, task.attempts.last ?? task.attempts.since]
    : [task.acceptedAt, now];
  const days = since === null || last === null ? 0 : Math.floor(between(since, last) / day);
  return unless(count >= neededCount && channels.length >= neededChannels && days >= neededDays, {
    ...{ count, channels: channels.length, days },
    ...{ neededCount, neededChannels, neededDays },
  });
}
