import type { InstantText, Milestone, TimerName } from '#contracts';
import type { PauseCause, RunningTimer } from '../model/state.ts';
import { between, later } from '../model/instant.ts';

type Timers = readonly RunningTimer[];

/** Starts a timer; one of the same name that ran before is over. */
export function start(timers: Timers, timer: TimerName, at: InstantText, dueAt: InstantText): Timers {
  return [...end(timers, timer), { timer, startedAt: at, dueAt, pausedAt: null, pausedBy: null, reached: [] }];
}

export function end(timers: Timers, ...names: readonly TimerName[]): Timers {
  return timers.filter((each) => !names.includes(each.timer));
}

/** Stops the named timers, or all, where they run. One that stands still already stays with its own cause. */
export function pause(timers: Timers, cause: PauseCause, at: InstantText, names?: readonly TimerName[]): Timers {
  return timers.map((each) =>
    each.pausedAt === null && (names === undefined || names.includes(each.timer))
      ? { ...each, pausedAt: at, pausedBy: cause }
      : each,
  );
}

/** Lets go on what stood still for this cause, as far from its end as it was. A planned day does not move. */
export function resume(timers: Timers, cause: PauseCause, at: InstantText): Timers {
  return timers.map((each) => (each.pausedBy === cause ? resumed(each, at) : each));
}

/** Starts again, at full length, what stood still for this cause; what was told is not told again. */
export function restart(timers: Timers, cause: PauseCause, at: InstantText): Timers {
  return timers.map((each) =>
    each.pausedBy === cause
      ? { ...each, startedAt: at, dueAt: later(at, lengthOf(each)), pausedAt: null, pausedBy: null }
      : each,
  );
}

/** A running timer that counts silence: any word starts it anew, and a new silence is told anew. */
export function heardFrom(timers: Timers, timer: TimerName, at: InstantText): Timers {
  return timers.map((each) =>
    each.timer === timer && each.pausedAt === null
      ? { ...each, startedAt: at, dueAt: later(at, lengthOf(each)), reached: [] }
      : each,
  );
}

export function moved(timers: Timers, timer: TimerName, dueAt: InstantText): Timers {
  return timers.map((each) => (each.timer === timer ? { ...each, dueAt } : each));
}

export function reached(timers: Timers, timer: TimerName, milestone: Milestone): Timers {
  return timers.map((each) =>
    each.timer === timer && !each.reached.includes(milestone)
      ? { ...each, reached: [...each.reached, milestone] }
      : each,
  );
}

export function find(timers: Timers, timer: TimerName): RunningTimer | undefined {
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
  const stoodStill = timer.timer === 'needed-by' ? 0 : between(timer.pausedAt, at);
  return {
    ...timer,
    startedAt: later(timer.startedAt, stoodStill),
    dueAt: later(timer.dueAt, stoodStill),
    pausedAt: null,
    pausedBy: null,
  };
}
