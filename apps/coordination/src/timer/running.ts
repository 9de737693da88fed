import type { InstantText, TimerName } from '#contracts';

/** Why a timer stands still: who lets it go on depends on it, as one pause may lie inside another. */
export type PauseCause = 'question' | 'review' | 'hold' | 'suspension';

/** A timer of a Task, as its events tell. `startedAt` and `dueAt` move on together, so their distance is its length. */
export interface RunningTimer {
  readonly timer: TimerName;
  readonly startedAt: InstantText;
  readonly dueAt: InstantText;
  readonly pausedAt: InstantText | null;
  readonly pausedBy: PauseCause | null;
}

export type Timers = readonly RunningTimer[];

/** Starts a timer; one of the same name that ran before is over. */
export function start(timers: Timers, timer: TimerName, at: InstantText, dueAt: InstantText): Timers {
  return [...end(timers, timer), { timer, startedAt: at, dueAt, pausedAt: null, pausedBy: null }];
}

export function end(timers: Timers, ...names: readonly TimerName[]): Timers {
  return timers.filter((each) => !names.includes(each.timer));
}

/** Stops the named timers where they run. One that stands still already stays with its own cause. */
export function pause(timers: Timers, cause: PauseCause, at: InstantText, names?: readonly TimerName[]): Timers {
  return timers.map((each) =>
    each.pausedAt === null && (names === undefined || names.includes(each.timer))
      ? { ...each, pausedAt: at, pausedBy: cause }
      : each,
  );
}

/** Lets go on what stood still for this cause, as far from its end as it was. A planned day does not move. */
export function resume(timers: Timers, cause: PauseCause, at: InstantText, names?: readonly TimerName[]): Timers {
  return timers.map((each) => {
    if (each.pausedBy !== cause || each.pausedAt === null) return each;
    if (names !== undefined && !names.includes(each.timer)) return each;
    return shifted(each, each.timer === 'needed-by' ? 0 : between(each.pausedAt, at));
  });
}

/** Starts again, at full length, what stood still for this cause. */
export function restart(timers: Timers, cause: PauseCause, at: InstantText): Timers {
  return timers.map((each) => (each.pausedBy === cause ? shifted(each, between(each.startedAt, at)) : each));
}

/** A running timer that counts silence: any word starts it anew. */
export function heardFrom(timers: Timers, timer: TimerName, at: InstantText): Timers {
  return timers.map((each) =>
    each.timer === timer && each.pausedAt === null ? shifted(each, between(each.startedAt, at)) : each,
  );
}

export function moved(timers: Timers, timer: TimerName, dueAt: InstantText): Timers {
  return timers.map((each) => (each.timer === timer ? { ...each, dueAt } : each));
}

/** The instant so many milliseconds later. */
export function later(instant: InstantText, milliseconds: number): InstantText {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Milliseconds from one instant to another; negative when `to` lies before `from`. */
export function between(from: InstantText, to: InstantText): number {
  return Date.parse(to) - Date.parse(from);
}

function shifted(timer: RunningTimer, milliseconds: number): RunningTimer {
  return {
    ...timer,
    startedAt: later(timer.startedAt, milliseconds),
    dueAt: later(timer.dueAt, milliseconds),
    pausedAt: null,
    pausedBy: null,
  };
}
