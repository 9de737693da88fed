import {
  reasonOf,
  TaskWithdrawalRequested,
  TaskWithdrawn,
  type AccessEndCause,
  type EndedBy,
  type InstantText,
  type ReasonCode,
  type TaskState,
} from '#contracts';
import { isOpen } from '#tracking';
import { endAccess } from '../../access/access.ts';
import type { KnownFacts } from '../../model/facts.ts';
import { tasksOfNeed } from '../../evolve/referral.fold.ts';
import type { AnyReferralEvent, ReferralState, TaskRow } from '../../model/state.ts';
import { day, plus } from '../../model/instant.ts';
import { dueFrom } from '../../timer/timer-policy.ts';
import { omitAbsent } from '../../model/omit-absent.ts';

/** The three ids that every event of a Task carries. */
export function idsOf(task: TaskRow): Pick<TaskRow, 'referralId' | 'taskId' | 'serviceRequestId'> {
  const { referralId, taskId, serviceRequestId } = task;
  return { referralId, taskId, serviceRequestId };
}

/** HUD result, park period, and whether and until when another agency is looked for. */
export interface Aftermath {
  readonly hudResult: number;
  readonly reroute: boolean;
  readonly parkUntil?: InstantText;
  readonly rerouteBy?: InstantText;
}

/** Where the sender asked for the withdrawal for a reason that needs no other agency, none is looked for. */
export function aftermathOf(task: TaskRow, reason: ReasonCode, { now, policy }: KnownFacts): Aftermath {
  const wanted = task.withdrawalReason === null || reasonOf(task.withdrawalReason).reroute;
  const reroute = wanted && reasonOf(reason).reroute;
  return {
    hudResult: reasonOf(reason).hudResult,
    reroute,
    ...parking(reason, now),
    ...omitAbsent({ rerouteBy: reroute ? dueFrom(now, 'reroute-by', task.priority, policy) : null }),
  };
}

export function parking(reason: ReasonCode, now: InstantText): { readonly parkUntil?: InstantText } {
  const days = reasonOf(reason).parkDays;
  return omitAbsent({ parkUntil: days > 0 ? plus(now, days * day) : null });
}

/** Access ends before the withdrawal is published. */
export function withdrawing(
  referral: ReferralState,
  task: TaskRow,
  end: { readonly reason: ReasonCode; readonly by: EndedBy; readonly consentEndedAt?: InstantText },
): readonly AnyReferralEvent[] {
  const { reason, by, consentEndedAt } = end;
  const when = omitAbsent({ consentEndedAt });
  return [
    ...endAccess(referral, task.taskId, { cause: causes[reason] ?? 'withdrawn', ...when }),
    TaskWithdrawn.of({ ...idsOf(task), reason, by, ...when }),
  ];
}

/** Reasons for a withdrawal that are causes of their own for the end of an access. */
const causes: { readonly [R in ReasonCode]?: AccessEndCause } = {
  'consent-revoked': 'consent',
  'consent-expired': 'consent-expired',
  deceased: 'deceased',
};

export function requestingWithdrawal(
  task: TaskRow,
  end: { readonly reason: ReasonCode; readonly by: EndedBy },
  { now, policy }: KnownFacts,
): TaskWithdrawalRequested {
  return TaskWithdrawalRequested.of({
    ...idsOf(task),
    reason: end.reason,
    requestedBy: end.by,
    effectiveAt: dueFrom(now, 'withdrawal-effective', task.priority, policy),
  });
}

const answeredStates: readonly TaskState[] = ['accepted', 'in-progress', 'on-hold'];

/** A withdrawal of a Task that the agency has accepted is first a request (domain.md row 17). */
export function isAnswered(task: TaskRow): boolean {
  return answeredStates.includes(task.state) && task.acceptedAt !== null;
}

/** The need's other open Tasks, withdrawn because one agency was taken. */
export function endingSiblings(
  referral: ReferralState,
  task: TaskRow,
  reason: 'another-agency-accepted' | 'not-picked',
): readonly AnyReferralEvent[] {
  return tasksOfNeed(referral, task.serviceRequestId)
    .filter((each) => isOpen(each) && each !== task)
    .filter((each) => reason === 'not-picked' || each.acceptedAt === null)
    .flatMap((each) => withdrawing(referral, each, { reason, by: 'system' }));
}
