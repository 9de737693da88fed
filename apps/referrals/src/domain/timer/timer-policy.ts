import { usualAttempts, type InstantText, type PolicyTimer, type Priority, type TimerLength } from '#contracts';
import { day, dueIfResumed, findTimer, hour, plus, minute } from '#tracking';
import type { Policy, TimerPolicy } from '../model/policy.ts';
import type { TaskRow } from '../model/state.ts';

const same = (length: number): { readonly routine: number; readonly urgent: number } => ({
  routine: length,
  urgent: length,
});

/**
 * Lengths of domain.md §2, timers. Until calendars exist a business day is 24 hours and a business hour 60 minutes
 * (contract.md §2.2). `needed-by` is a lead before the planned day.
 */
export const defaultTimers: TimerPolicy = {
  'deliver-by': { routine: 15 * minute, urgent: 5 * minute },
  'acknowledge-by': { routine: 3 * day, urgent: 4 * hour },
  'respond-by': { routine: 5 * day, urgent: day },
  'info-reply-by': { routine: 2 * day, urgent: 4 * hour },
  'review-by': { routine: day, urgent: 4 * hour },
  'withdrawal-effective': same(2 * day),
  suspension: { ...same(5 * day), then: same(30 * day) },
  'reroute-by': { routine: day, urgent: 2 * hour },
  'first-contact-by': { routine: 2 * day, urgent: day },
  'needed-by': same(day),
  'stale-update': { routine: 14 * day, urgent: 3 * day, then: { routine: 30 * day, urgent: 6 * day } },
};

/** The network's decisions where it made none. */
export function defaultPolicy(overrides: Partial<Policy> = {}): Policy {
  return {
    reroute: 'propose',
    offer: 'single',
    declineReview: false,
    timers: defaultTimers,
    attempts: usualAttempts,
    declineReviewRounds: 2,
    ...overrides,
  };
}

/** The network's own lengths in place of the defaults. A second mark is a rule of the platform and stays as it is. */
export function timersWith(own: readonly TimerLength[]): TimerPolicy {
  return own.reduce(
    (timers, { timer, routineMinutes, urgentMinutes }) => ({
      ...timers,
      [timer]: { ...defaultTimers[timer], routine: routineMinutes * minute, urgent: urgentMinutes * minute },
    }),
    defaultTimers,
  );
}

/** When a timer that starts now is due. */
export function dueFrom(now: InstantText, timer: PolicyTimer, priority: Priority, policy: Policy): InstantText {
  return plus(now, policy.timers[timer][priority]);
}

/** When the answer is due once the question is replied to. */
export function respondByAfterReply(task: TaskRow, now: InstantText, policy: Policy): InstantText {
  const respondBy = findTimer(task.timers, 'respond-by');
  return respondBy === undefined ? dueFrom(now, 'respond-by', task.priority, policy) : dueIfResumed(respondBy, now);
}
