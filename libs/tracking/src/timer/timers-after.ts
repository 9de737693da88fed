import type { InstantText, TaskEvent, TimerName } from '#contracts';
import { changes, type TypeThatChanges } from '../event/changes.ts';
import {
  endTimers,
  findTimer,
  moveTimer,
  pauseTimers,
  restartOnActivity,
  restartTimers,
  resumeTimers,
  startTimer,
  withMilestone,
  type Timers,
} from './running-timer.ts';

type EventType = TypeThatChanges<'timers'>;
type EventOf<T extends EventType> = Extract<TaskEvent, { readonly type: T }>;
type Effect<E> = (timers: Timers, event: E, at: InstantText) => Timers;

const untilAnswered: readonly TimerName[] = ['acknowledge-by', 'deliver-by', 'respond-by', 'info-reply-by'];
const untilAcknowledged: readonly TimerName[] = ['acknowledge-by', 'deliver-by'];

/** The Task has ended; if another agency must be found, this is the coordinators' deadline. */
const endedWithReroute: Effect<
  EventOf<'referral.task.declined' | 'referral.task.not-completed' | 'referral.task.expired'>
> = (_timers, { rerouteBy }, at) => (rerouteBy === undefined ? [] : startTimer([], 'reroute-by', at, rerouteBy));

const ended = (): Timers => [];

/** What each event does to its Task's timers (domain.md §2, timers), of those that `changes.ts` says change them. */
const effects: { readonly [T in EventType]: Effect<EventOf<T>> } = {
  'referral.task.sent': (timers, event, at) => {
    const counting = startTimer(timers, 'acknowledge-by', at, event.acknowledgeBy);
    return event.deliverBy === undefined ? counting : startTimer(counting, 'deliver-by', at, event.deliverBy);
  },
  'referral.task.delivered': (timers) => endTimers(timers, 'deliver-by'),
  'referral.task.received': (timers, event, at) =>
    startTimer(endTimers(timers, ...untilAcknowledged), 'respond-by', at, event.respondBy),
  'referral.task.info-requested': (timers, event, at) => {
    const acknowledged = endTimers(timers, ...untilAcknowledged);
    const counting =
      event.respondBy === undefined ? acknowledged : startTimer(acknowledged, 'respond-by', at, event.respondBy);
    return startTimer(pauseTimers(counting, 'question', at, ['respond-by']), 'info-reply-by', at, event.replyBy);
  },
  'referral.task.info-replied': (timers, event, at) =>
    moveTimer(resumeTimers(endTimers(timers, 'info-reply-by'), 'question', at), 'respond-by', event.respondBy),
  'referral.task.accepted': (timers, event, at) => {
    const counting = startTimer(endTimers(timers, ...untilAnswered), 'first-contact-by', at, event.firstContactBy);
    return event.staleBy === undefined ? counting : startTimer(counting, 'stale-update', at, event.staleBy);
  },
  'referral.task.decline-proposed': (timers, event, at) => {
    const stopped = timers.filter((each) => each.timer !== 'needed-by').map((each) => each.timer);
    return startTimer(pauseTimers(timers, 'review', at, stopped), 'review-by', at, event.reviewBy);
  },
  'referral.task.decline-returned': (timers, _event, at) => restartTimers(endTimers(timers, 'review-by'), 'review', at),
  'referral.task.declined': endedWithReroute,
  'referral.task.redirected': ended,
  'referral.task.progressed': (timers, _event, at) =>
    restartOnActivity(endTimers(timers, 'first-contact-by'), 'stale-update', at),
  'referral.task.held': (timers, event, at) => {
    const paused = pauseTimers(timers, 'hold', at, ['first-contact-by', 'stale-update']);
    return startTimer(paused, 'waitlist-review', at, event.reviewOn > at ? event.reviewOn : at);
  },
  'referral.task.resumed': (timers, _event, at) =>
    restartOnActivity(resumeTimers(endTimers(timers, 'waitlist-review'), 'hold', at), 'stale-update', at),
  'referral.task.completed': ended,
  'referral.task.not-completed': endedWithReroute,
  'referral.task.withdrawal-requested': (timers, event, at) => {
    const left = endTimers(timers, 'first-contact-by', 'stale-update', 'waitlist-review');
    return startTimer(left, 'withdrawal-effective', at, event.effectiveAt);
  },
  'referral.task.withdrawn': ended,
  'referral.task.suspended': (timers, event, at) => {
    const paused = pauseTimers(timers, 'suspension', at);
    return event.suspensionBy === undefined ? paused : startTimer(paused, 'suspension', at, event.suspensionBy);
  },
  'referral.task.restored': (timers, _event, at) => resumeTimers(endTimers(timers, 'suspension'), 'suspension', at),
  'referral.task.expired': endedWithReroute,
  'referral.task.assigned': (timers, _event, at) => restartOnActivity(timers, 'stale-update', at),
  'referral.task.marked-in-error': ended,
  'referral.task.escalated': (timers, { timer, milestone }, at) => {
    const escalated = withMilestone(timers, timer, milestone);
    // a question without a reply does not stop the answer for ever: once the coordinator is notified, it is due again
    return timer === 'info-reply-by' && milestone === 'coordinator'
      ? resumeTimers(escalated, 'question', at)
      : escalated;
  },
  'referral.task.timer-moved': (timers, event) => moveTimer(timers, event.timer, event.dueAt),
};

/** The timers of a Task after one of its events; the same list if the event, or its unknown type, does not affect them. */
export function timersAfter(timers: Timers, event: TaskEvent, at: InstantText): Timers {
  return changes(event, 'timers') ? applied(timers, event.type, event, at) : timers;
}

function applied<T extends EventType>(timers: Timers, type: T, event: EventOf<T>, at: InstantText): Timers {
  return effects[type](timers, event, at);
}

/** The timers of a drafted Task. */
export function timersOfDraft(neededBy: InstantText | null, at: InstantText): Timers {
  return neededBy === null ? [] : startTimer([], 'needed-by', at, neededBy);
}

/** The timers of an open Task after a change of the day by which its client needs the service. */
export function replannedTimers(timers: Timers, neededBy: InstantText | null, at: InstantText): Timers {
  if (neededBy === null) return endTimers(timers, 'needed-by');
  return findTimer(timers, 'needed-by') === undefined
    ? startTimer(timers, 'needed-by', at, neededBy)
    : moveTimer(timers, 'needed-by', neededBy);
}
