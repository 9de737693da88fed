import type { ReturnPath, TaskEvent, TaskState } from '#contracts';
import type { EndState } from '../task/state-groups.ts';

/** Tells whether the consent to send lets the agency report nothing back to the sender. */
export function reportsNothing(returnPath: ReturnPath): boolean {
  return returnPath === 'none';
}

/** Tells whether the sender may learn the outcome of a completed Task, and not only that it is completed. */
export function reportsOutcome(returnPath: ReturnPath): boolean {
  return returnPath === 'outcome';
}

/**
 * Ends that concern the offer and not the client are shown to the sender whatever the return path (contract.md §4.6),
 * each with its event.
 */
export const endsAlwaysReported = {
  declined: 'referral.task.declined',
  redirected: 'referral.task.redirected',
  withdrawn: 'referral.task.withdrawn',
  expired: 'referral.task.expired',
  'entered-in-error': 'referral.task.marked-in-error',
} as const satisfies { readonly [S in EndState]?: TaskEvent['type'] };

type EndAlwaysReported = (typeof endsAlwaysReported)[keyof typeof endsAlwaysReported];

const eventsAlwaysReported: ReadonlySet<string> = new Set(Object.values(endsAlwaysReported));

export function isAlwaysReported(state: TaskState): boolean {
  return state in endsAlwaysReported;
}

export function isEndAlwaysReported<E extends { readonly type: string }>(
  event: E,
): event is Extract<E, { readonly type: EndAlwaysReported }> {
  return eventsAlwaysReported.has(event.type);
}
