import type { InstantText, Milestone, TimerName } from '#contracts';
import { between, plus } from '../instant.ts';

/** Why a timer is paused. Only the matching event resumes it, as one pause may lie inside another. */
export type PauseCause = 'question' | 'review' | 'hold' | 'suspension';

/**
 * A timer of a Task. `startedAt` and `dueAt` both move on by the length of a pause, so their distance is always the
 * timer's own length.
 */
export interface RunningTimer {
  readonly timer: TimerName;
  readonly startedAt: InstantText;
  readonly dueAt: InstantText;
  readonly pausedAt: InstantText | null;
  readonly pausedBy: PauseCause | null;
  /** Milestones that were told; each is told once. Absent in read-model rows from before they kept it. */
  readonly reached?: readonly Milestone[];
}

export type Timers = readonly RunningTimer[];

/** Starts a timer; one of the same name that ran before is over. */
export function startTimer(timers: Timers, timer: TimerName, at: InstantText, dueAt: InstantText): Timers {
  return [...endTimers(timers, timer), { timer, startedAt: at, dueAt, pausedAt: null, pausedBy: null, reached: [] }];
}

export function endTimers(timers: Timers, ...names: readonly TimerName[]): Timers {
  return timers.filter((each) => !names.includes(each.timer));
}

/** Pauses the named timers, or all. One that is paused already keeps its own cause. */
export function pauseTimers(timers: Timers, cause: PauseCause, at: InstantText, names?: readonly TimerName[]): Timers {
  return timers.map((each) =>
    each.pausedAt === null && (names === undefined || names.includes(each.timer))
      ? { ...each, pausedAt: at, pausedBy: cause }
      : each,
  );
}

/** Resumes what was paused for this cause, as far from its end as it was. A planned day does not move. */
export function resumeTimers(timers: Timers, cause: PauseCause, at: InstantText): Timers {
  return timers.map((each) => (each.pausedBy === cause ? resumed(each, at) : each));
}

/** Starts again, at full length, what was paused for this cause; a milestone that was told is not told again. */
export function restartTimers(timers: Timers, cause: PauseCause, at: InstantText): Timers {
  return timers.map((each) =>
    each.pausedBy === cause
      ? { ...each, startedAt: at, dueAt: plus(at, lengthOf(each)), pausedAt: null, pausedBy: null }
      : each,
  );
}

/** A timer that counts silence starts again with every word, unless it is paused; its milestones are told again. */
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

/** Where a timer would be due if it went on now. */
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
