import type { InstantText, Milestone, TimerName } from '#contracts';
import { hasReached, later, lengthOf, type RunningTimer } from '#tracking';
import type { Policy } from '../model/command.ts';
import type { TaskRow } from '../model/state.ts';

/** Moves that time itself makes when a ladder is used up: rows 19, 24 and the end of a suspension. */
export type TimedMove = 'expire' | 'confirm-withdrawal' | 'withdraw';

/**
 * One rung: who is told, or which move is made, and when. A number is a percentage of the timer's length; `then` the
 * second mark, from the timer's start as well; `lead` so long before the due time as the policy says.
 */
export interface Rung {
  readonly at: number | 'then' | 'lead';
  readonly tells?: Milestone;
  readonly makes?: TimedMove;
}

/** The column "when it fires" of domain.md §2, timers. */
export const ladders: Readonly<Record<TimerName, readonly Rung[]>> = {
  'deliver-by': [{ at: 100, tells: 'supervisor' }],
  'acknowledge-by': [
    { at: 50, tells: 'reminded' },
    { at: 80, tells: 'supervisor' },
    { at: 100, tells: 'coordinator' },
    { at: 200, makes: 'expire' },
  ],
  'respond-by': [
    { at: 50, tells: 'reminded' },
    { at: 80, tells: 'supervisor' },
    { at: 100, tells: 'coordinator' },
    { at: 100, makes: 'expire' },
  ],
  'info-reply-by': [
    { at: 100, tells: 'supervisor' },
    { at: 200, tells: 'coordinator' },
  ],
  'review-by': [
    { at: 100, tells: 'coordinator' },
    { at: 200, tells: 'supervisor' },
  ],
  'withdrawal-effective': [{ at: 100, makes: 'confirm-withdrawal' }],
  suspension: [
    { at: 100, tells: 'coordinator' },
    { at: 'then', makes: 'withdraw' },
  ],
  'reroute-by': [{ at: 100, tells: 'coordinator' }],
  'first-contact-by': [{ at: 100, tells: 'supervisor' }],
  'needed-by': [{ at: 'lead', tells: 'coordinator' }],
  'stale-update': [
    { at: 100, tells: 'reminded' },
    { at: 'then', tells: 'coordinator' },
  ],
  'waitlist-review': [{ at: 100, tells: 'reminded' }],
};

/**
 * When a rung of a running timer is reached. A timer keeps the length that it began with, whatever the network decides
 * afterwards, and where that is the longer one the second mark waits for it; a lead is the network's as it stands now.
 */
export function instantOf(rung: Rung, timer: RunningTimer, task: TaskRow, policy: Policy): InstantText {
  const length = policy.timers[timer.timer];
  if (rung.at === 'lead') return later(timer.dueAt, -length[task.priority]);
  if (rung.at === 'then') {
    return later(timer.startedAt, Math.max((length.then ?? length)[task.priority], lengthOf(timer)));
  }
  return later(timer.startedAt, (lengthOf(timer) * rung.at) / 100);
}

/** Rungs above the highest that was told; a rung that was passed over is not told any more. */
export function rungsLeft(timer: RunningTimer): readonly Rung[] {
  const ladder = ladders[timer.timer];
  const highest = ladder.findLastIndex((rung) => rung.tells !== undefined && hasReached(timer, rung.tells));
  return ladder.slice(highest + 1);
}

/** The timer that has run out so far that time may make this move; undefined when none has. */
export function timerFor(move: TimedMove, task: TaskRow, now: InstantText, policy: Policy): RunningTimer | undefined {
  return task.timers.find((timer) => {
    const rung = ladders[timer.timer].find((each) => each.makes === move);
    return rung !== undefined && timer.pausedAt === null && instantOf(rung, timer, task, policy) <= now;
  });
}
