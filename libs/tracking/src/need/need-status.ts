import {
  resultOfOutcome,
  type InstantText,
  type NeedResult,
  type Outcome,
  type ReasonCode,
  type TaskId,
  type TaskState,
} from '#contracts';
import { isOpen } from '../task/state-groups.ts';

/** The facts of a Task that decide the status of its need. */
export interface TaskOfNeed {
  readonly taskId: TaskId;
  readonly state: TaskState;
  readonly reason: ReasonCode | null;
  readonly outcome: Outcome | null;
  /** Ended, with a reason that asks for another agency. */
  readonly reroute: boolean;
  readonly endedAt: InstantText | null;
}

/** The status that a need's Tasks give it. `reroute`: the ended Task after which another agency must be found. */
export interface NeedStatus<T extends TaskOfNeed> {
  readonly result: NeedResult;
  readonly reason: ReasonCode | null;
  readonly reroute: T | null;
}

const inPlay = { result: 'in-play', reason: null, reroute: null } as const;

/**
 * In play while a Task is open or a reroute is pending; otherwise settled by a completion, or by a client's or no-reroute
 * reason (domain.md §2, roll-up). A need that nothing has settled yet is in play.
 */
export function needStatusOf<T extends TaskOfNeed>(tasks: readonly T[]): NeedStatus<T> {
  if (tasks.some(isOpen)) return inPlay;
  const last = lastEnded(tasks);
  if (last === undefined) return inPlay;
  if (last.reroute) return { ...inPlay, reroute: last };
  const best = bestResult(tasks);
  return best === null
    ? { result: 'unmet', reason: last.reason, reroute: null }
    : { result: best, reason: null, reroute: null };
}

/** The ended Task after which another agency must be found; null if no reroute is pending, as in a settled need. */
export function pendingReroute(result: NeedResult, tasks: readonly TaskOfNeed[]): TaskId | null {
  return result === 'in-play' ? (needStatusOf(tasks).reroute?.taskId ?? null) : null;
}

/** Ends that say something about the need: not an error, and not a sibling that another agency made unnecessary. */
function lastEnded<T extends TaskOfNeed>(tasks: readonly T[]): T | undefined {
  return tasks
    .filter((task) => task.state !== 'entered-in-error' && !isEndedForAnother(task))
    .toSorted((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : Number((a.endedAt ?? '') > (b.endedAt ?? ''))))
    .at(-1);
}

function isEndedForAnother({ reason }: TaskOfNeed): boolean {
  return reason === 'another-agency-accepted' || reason === 'not-picked';
}

function bestResult(tasks: readonly TaskOfNeed[]): 'met' | 'partly-met' | null {
  const results = tasks.flatMap(({ state, outcome }) =>
    state === 'completed' && outcome !== null ? [resultOfOutcome[outcome]] : [],
  );
  if (results.includes('met')) return 'met';
  return results.length > 0 ? 'partly-met' : null;
}
