import type { InstantText, Milestone, TimerName } from '#contracts';
import { between, plus } from '../instant.ts';

/** Why a timer is paused. Only the matching event resumes it, because one pause may be inside another. */
export type PauseCause = 'question' | 'review' | 'hold' | 'suspension';

/**
 * A timer of a Task. A pause moves both `startedAt` and `dueAt` by its length, so their distance is always the timer's
 * own length.
 */
export interface RunningTimer {
  readonly timer: TimerName;
  readonly startedAt: InstantText;
  readonly dueAt: InstantText;
  readonly pausedAt: InstantText | null;
  readonly pausedBy: PauseCause | null;
  /** Milestones already sent; each is sent once. Absent in older read-model rows. */
  readonly reached?: readonly Milestone[];
}

export type Timers = readonly RunningTimer[];

/** Starts a timer; it replaces a running one of the same name. */
export function startTimer(timers: Timers, timer: TimerName, at: InstantText, dueAt: InstantText): Timers {
  return [...endTimers(timers, timer), { timer, startedAt: at, dueAt, pausedAt: null, pausedBy: null, reached: [] }];
}

export function endTimers(timers: Timers, ...names: readonly TimerName[]): Timers {
  return timers.filter((each) => !names.includes(each.timer));
}

/** Pauses the named timers, or all. A timer that is already paused keeps its own cause. */
export function pauseTimers(timers: Timers, cause: PauseCause, at: InstantText, names?: readonly TimerName[]): Timers {
  return timers.map((each) =>
    each.pausedAt === null && (names === undefined || names.includes(each.timer))
      ? { ...each, pausedAt: at, pausedBy: cause }
      : each,
  );
}

/** Resumes the timers paused for this cause, with the time that was left. A planned day does not move. */
export function resumeTimers(timers: Timers, cause: PauseCause, at: InstantText): Timers {
  return timers.map((each) => (each.pausedBy === cause ? resumed(each, at) : each));
}

/** Restarts the timers paused for this cause at full length; a milestone already sent is not sent again. */
export function restartTimers(timers: Timers, cause: PauseCause, at: InstantText): Timers {
  return timers.map((each) =>
    each.pausedBy === cause
      ? { ...each, startedAt: at, dueAt: plus(at, lengthOf(each)), pausedAt: null, pausedBy: null }
      : each,
  );
}

/** A timer that measures silence restarts with every message, unless it is paused; its milestones are sent again. */
export function restartOnActivity(timers: Timers, timer: TimerName, at: InstantText): Timers {
  return timers.map((each) =>
    each.timer === timer && each.pausedAt === null
      ? { ...each, startedAt: at, dueAt: plus(at, lengthOf(each)), reached: [] }
      : each,
  );
}

export function moveTimer(timers: Timers, timer: TimerName, dueAt: InstantText): Timers {
  return timers.map((each) => (each.timer === timer ? { ...each, dueAt } : each));
}

export function withMilestone(timers: Timers, timer: TimerName, milestone: Milestone): Timers {
  return timers.map((each) =>
    each.timer === timer && !hasReached(each, milestone)
      ? { ...each, reached: [...(each.reached ?? []), milestone] }
      : each,
  );
}

export function hasReached(timer: RunningTimer, milestone: Milestone): boolean {
  return timer.reached?.includes(milestone) === true;
}

export function findTimer(timers: Timers, timer: TimerName): RunningTimer | undefined {
  return timers.find((each) => each.timer === timer);
}

export function lengthOf(timer: RunningTimer): number {
  return between(timer.startedAt, timer.dueAt);
}

/** When a timer would be due if it continued now. */
export function dueIfResumed(timer: RunningTimer, at: InstantText): InstantText {
  return resumed(timer, at).dueAt;
}

function resumed(timer: RunningTimer, at: InstantText): RunningTimer {
  if (timer.pausedAt === null) return timer;
  const pausedFor = timer.timer === 'needed-by' ? 0 : between(timer.pausedAt, at);
  return {
    ...timer,
    startedAt: plus(timer.startedAt, pausedFor),
    dueAt: plus(timer.dueAt, pausedFor),
    pausedAt: null,
    pausedBy: null,
  };
}
