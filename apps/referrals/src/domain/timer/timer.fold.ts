import type { InstantText, TaskEvent, TimerName } from '#contracts';
import type { RunningTimer, TaskRow } from '../model/state.ts';
import { dueIfResumed, end, find, heardFrom, moved, pause, reached, restart, resume, start } from './running.ts';

type Timers = readonly RunningTimer[];

const untilAnswered: readonly TimerName[] = ['acknowledge-by', 'deliver-by', 'respond-by', 'info-reply-by'];
const untilAcknowledged: readonly TimerName[] = ['acknowledge-by', 'deliver-by'];

/** What an event does to the Task's timers: which start, stand still, go on and end. `task` as it was before. */
export function timersAfter(
  task: TaskRow,
  event: Exclude<TaskEvent, { type: 'referral.task.drafted' }>,
  at: InstantText,
): Timers {
  const { timers } = task;
  switch (event.type) {
    case 'referral.task.sent': {
      const counting = start(timers, 'acknowledge-by', at, event.acknowledgeBy);
      return event.deliverBy === undefined ? counting : start(counting, 'deliver-by', at, event.deliverBy);
    }
    case 'referral.task.delivered':
      return end(timers, 'deliver-by');
    case 'referral.task.received':
      return start(end(timers, ...untilAcknowledged), 'respond-by', at, event.respondBy);
    case 'referral.task.info-requested': {
      const acknowledged = end(timers, ...untilAcknowledged);
      const counting =
        event.respondBy === undefined ? acknowledged : start(acknowledged, 'respond-by', at, event.respondBy);
      return start(pause(counting, 'question', at, ['respond-by']), 'info-reply-by', at, event.replyBy);
    }
    case 'referral.task.info-replied':
      return moved(resume(end(timers, 'info-reply-by'), 'question', at), 'respond-by', event.respondBy);
    case 'referral.task.accepted': {
      const counting = start(end(timers, ...untilAnswered), 'first-contact-by', at, event.firstContactBy);
      return event.staleBy === undefined ? counting : start(counting, 'stale-update', at, event.staleBy);
    }
    case 'referral.task.decline-proposed': {
      const stopped = timers.filter((each) => each.timer !== 'needed-by').map((each) => each.timer);
      return start(pause(timers, 'review', at, stopped), 'review-by', at, event.reviewBy);
    }
    case 'referral.task.decline-returned':
      return restart(end(timers, 'review-by'), 'review', at);
    case 'referral.task.progressed':
      return heardFrom(end(timers, 'first-contact-by'), 'stale-update', at);
    case 'referral.task.assigned':
      return heardFrom(timers, 'stale-update', at);
    case 'referral.task.held':
      return start(
        pause(timers, 'hold', at, ['first-contact-by', 'stale-update']),
        'waitlist-review',
        at,
        event.reviewOn > at ? event.reviewOn : at,
      );
    case 'referral.task.resumed':
      return heardFrom(resume(end(timers, 'waitlist-review'), 'hold', at), 'stale-update', at);
    case 'referral.task.withdrawal-requested':
      return start(
        end(timers, 'first-contact-by', 'stale-update', 'waitlist-review'),
        'withdrawal-effective',
        at,
        event.effectiveAt,
      );
    case 'referral.task.suspended': {
      const still = pause(timers, 'suspension', at);
      return event.suspensionBy === undefined ? still : start(still, 'suspension', at, event.suspensionBy);
    }
    case 'referral.task.restored':
      return resume(end(timers, 'suspension'), 'suspension', at);
    case 'referral.task.escalated':
      return escalated(reached(timers, event.timer, event.milestone), event, at);
    case 'referral.task.timer-moved':
      return moved(timers, event.timer, event.dueAt);
    case 'referral.task.declined':
    case 'referral.task.not-completed':
    case 'referral.task.expired':
      return event.rerouteBy === undefined ? [] : start([], 'reroute-by', at, event.rerouteBy);
    case 'referral.task.redirected':
    case 'referral.task.completed':
    case 'referral.task.withdrawn':
    case 'referral.task.marked-in-error':
      return [];
    default:
      return timers;
  }
}

/** A question that stays without reply stops nobody for ever: at the coordinator's rung the answer is due again. */
function escalated(
  timers: Timers,
  event: { readonly timer: TimerName; readonly milestone: string },
  at: InstantText,
): Timers {
  if (event.timer !== 'info-reply-by' || event.milestone !== 'coordinator') return timers;
  return resume(timers, 'question', at);
}

/** When the answer is due once the question is replied to; undefined where no respond timer is known. */
export function respondByAfterReply(task: TaskRow, at: InstantText): InstantText | undefined {
  const respondBy = find(task.timers, 'respond-by');
  return respondBy === undefined ? undefined : dueIfResumed(respondBy, at);
}
