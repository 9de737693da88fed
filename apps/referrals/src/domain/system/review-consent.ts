import { TaskPoolChanged, TaskReturnPathChanged, type ReturnPath } from '#contracts';
import { accepted, refused, type Decision } from '#decider';
import { isOpen } from '#tracking';
import type { FactsWith } from '../model/facts.ts';
import { isPool, type TaskContextBy } from '../task/rules/transition-request.ts';
import { idsOf, isAnswered } from '../task/effects/ending.ts';
import { coveredEntries } from '../offer/pool.ts';
import type { AnyReferralEvent, TaskRow } from '../model/state.ts';
import { moveTask, refusalOf } from '../task/task.ts';
import {
  covers,
  endAccess,
  endingOf,
  grantAccess,
  grantToCoordinator,
  leastRequired,
  type Template,
} from '../access/access.ts';

type ReviewFacts = FactsWith<'service' | 'consent' | 'eligible'>;
type Context = TaskContextBy<'system'>;

const nothing: Decision<AnyReferralEvent> = accepted([]);

/**
 * Looks at one Task again after its client's permissions changed (contract.md §4.6 step 3): sent when it waited for
 * consent, suspended, withdrawn or cut off when consent fell, restored or given back when it returned.
 */
export function reviewConsent(context: Context, facts: ReviewFacts): Decision<AnyReferralEvent> {
  const { task } = context;
  if (!isFresh(facts)) {
    return refused({ ...refusalOf(context, 'review-consent'), code: 'guard', guard: 'consentViewIsFresh', facts: {} });
  }
  if (facts.clientDied) return nothing;
  if (task.state === 'draft' || task.sentAt === null)
    return task.state === 'awaiting-consent' ? trySend(context, facts) : nothing;
  if (isPool(task)) return isOpen(task) ? reviewPool(context, facts) : nothing;
  const template = facts.service ?? { required: leastRequired, asked: [] };
  return covers(facts.consent, template.required)
    ? stillCovered(context, template, facts)
    : noLongerCovered(context, template, facts);
}

function isFresh({ consent, coordinatorConsent, eligible }: ReviewFacts): boolean {
  return [consent, coordinatorConsent, ...eligible.map((each) => each.consent)].every(
    (view) => view === null || view.fresh,
  );
}

/** Not covered yet, or the service is gone: nothing happens, the Task waits on (contract.md §4.2 step 4). */
function trySend(context: Context, facts: ReviewFacts): Decision<AnyReferralEvent> {
  const decision = moveTask(context, 'send', {}, facts);
  return decision.kind === 'accepted' ? decision : nothing;
}

function stillCovered(context: Context, template: Template, facts: ReviewFacts): Decision<AnyReferralEvent> {
  const { referral, task } = context;
  const consent = facts.consent;
  if (!covers(consent, template.required)) return nothing;
  if (isSuspended(task)) {
    const restored = moveTask(context, 'restore', {}, facts);
    // A withdrawal was asked for meanwhile: nobody gets access back for the time that it takes.
    if (restored.kind === 'refused') return nothing;
    return accepted([...restored.events, ...returning(task, consent.returnPath)]);
  }
  const organizationId = task.recipientOrganizationId;
  const givesBack = isOpen(task) && task.withdrawalRequestedAt === null && organizationId !== null;
  return accepted([
    ...(givesBack ? grantAccess(referral, task, { organizationId, consent, template }, facts.newId) : []),
    ...coordinatorsAccess(context, template, facts),
    ...returning(task, consent.returnPath),
  ]);
}

function noLongerCovered(context: Context, template: Template, facts: ReviewFacts): Decision<AnyReferralEvent> {
  const { referral, task } = context;
  if (isSuspended(task)) return nothing;
  if (isAnswered(task) || task.state === 'completed' || task.state === 'not-completed') {
    const { recipientOrganizationId } = task;
    return accepted([
      ...endAccess(
        referral,
        task.taskId,
        endingOf(facts.consentExpiredAt),
        (row) => row.toOrganizationId === recipientOrganizationId,
      ),
      ...coordinatorsAccess(context, template, facts),
      ...returning(task, facts.consent?.returnPath ?? 'none'),
    ]);
  }
  if (!isOpen(task)) return nothing;
  const unopened = task.state === 'sent' && task.packetOpenedAt === null;
  return moveTask(context, unopened ? 'withdraw' : 'suspend', {}, facts);
}

/** The coordinating organization's own permission is looked at apart: it may end, or come, without the agency's. */
function coordinatorsAccess(
  { referral, task }: Context,
  template: Template,
  facts: FactsWith<'consent'>,
): readonly AnyReferralEvent[] {
  const { coordinatingOrganizationId, coordinatorConsent } = facts;
  if (coordinatingOrganizationId === null) return [];
  if (covers(coordinatorConsent, template.required)) {
    return isOpen(task) ? grantToCoordinator(referral, task, template, facts) : [];
  }
  return endAccess(
    referral,
    task.taskId,
    endingOf(facts.coordinatorConsentExpiredAt),
    (row) => row.toOrganizationId === coordinatingOrganizationId,
  );
}

/** Who may see and claim a pool's Task follows consent; where it names nobody any more the Task is withdrawn. */
function reviewPool(context: Context, facts: ReviewFacts): Decision<AnyReferralEvent> {
  const { task } = context;
  const names = coveredEntries(facts).map((each) => each.organizationId);
  if (names.length === 0) return moveTask(context, 'withdraw', {}, facts);
  const same =
    names.length === task.eligibleOrganizationIds.length &&
    names.every((each) => task.eligibleOrganizationIds.includes(each));
  return accepted([
    ...coordinatorsAccess(context, { required: leastRequired, asked: [] }, facts),
    ...(same ? [] : [TaskPoolChanged.of({ ...idsOf(task), eligibleOrganizationIds: names })]),
  ]);
}

function returning(task: TaskRow, returnPath: ReturnPath): readonly AnyReferralEvent[] {
  const reports = isOpen(task) || task.state === 'completed' || task.state === 'not-completed';
  return returnPath === task.returnPath || !reports ? [] : [TaskReturnPathChanged.of({ ...idsOf(task), returnPath })];
}

function isSuspended(task: TaskRow): boolean {
  return task.subState === 'consent-suspended';
}
