import type { AreaId, InstantText, Need, OrganizationId, ServiceRequestId, TaskId } from '#contracts';
import { changes, type TypeThatChanges } from '#tracking';
import type { Caller, ProposeReroute } from '../model/command.ts';
import type { AnyReferralEvent, NeedRow, ReferralState } from '../model/state.ts';
import { parkedOrganizations } from './reroute.ts';

/**
 * Looking for another agency, as a process: an end that asks for it in, a timer out; the timer in, a question to the
 * directory out; its answer in, one command out (contract.md §4.3). It remembers nothing: the stream does.
 */
export interface RerouteTimer {
  readonly kind: 'reroute';
  /** The need. */
  readonly subject: ServiceRequestId;
  readonly dueAt: 'at-once';
  readonly payload: { readonly afterTaskId: TaskId };
}

/** What is asked of the directory while no transaction is open. */
export interface CandidatesQuestion {
  readonly need: Need;
  readonly areaId: AreaId;
  readonly exclude: readonly OrganizationId[];
}

/** What an end means to the process; the ones that start nothing say why. */
type Meaning = 'starts' | 'starts-where-the-reason-asks' | 'names-its-own-target' | 'a-person-decides';

export const meanings: Readonly<Record<TypeThatChanges<'end'>, Meaning>> = {
  'referral.task.declined': 'starts-where-the-reason-asks',
  'referral.task.not-completed': 'starts-where-the-reason-asks',
  'referral.task.expired': 'starts',
  'referral.task.redirected': 'names-its-own-target',
  'referral.task.withdrawn': 'a-person-decides',
  'referral.task.marked-in-error': 'a-person-decides',
  'referral.task.completed': 'a-person-decides',
  'referral.need.settled': 'a-person-decides',
};

/** The timers that an event starts: one, due at once, where the need asks for another agency. */
export function timersOf(event: AnyReferralEvent): readonly RerouteTimer[] {
  if (!changes(event, 'end')) return [];
  const meaning = meanings[event.type];
  const starts =
    meaning === 'starts' || (meaning === 'starts-where-the-reason-asks' && 'reroute' in event && event.reroute);
  if (!starts || !('taskId' in event) || !('serviceRequestId' in event)) return [];
  const { serviceRequestId, taskId } = event;
  return [{ kind: 'reroute', subject: serviceRequestId, dueAt: 'at-once', payload: { afterTaskId: taskId } }];
}

/** What a due timer asks the directory; null when the need is no longer looked for, so that a late timer is quiet. */
export function questionOf(
  state: ReferralState,
  timer: Pick<RerouteTimer, 'subject' | 'payload'>,
  now: InstantText,
): CandidatesQuestion | null {
  const need = state.needs.find((each) => each.serviceRequestId === timer.subject);
  if (need === undefined || !isStillWanted(need, timer.payload.afterTaskId)) return null;
  return { need: need.need, areaId: need.areaId, exclude: parkedOrganizations(state, need, now) };
}

function isStillWanted(need: NeedRow, afterTaskId: TaskId): boolean {
  return need.rerouteAfterTaskId === afterTaskId && need.proposal?.afterTaskId !== afterTaskId;
}

/** The command that follows the directory's answer; the candidates go along as facts. */
export function commandOf(
  timer: Pick<RerouteTimer, 'subject' | 'payload'>,
): ProposeReroute & { readonly caller: Caller } {
  return {
    type: 'propose-reroute',
    caller: { personId: null, organizationId: null, roles: [], kind: 'system' },
    serviceRequestId: timer.subject,
    afterTaskId: timer.payload.afterTaskId,
  };
}
