import { reasonOf, resultOfOutcome, type NeedResult, type ReasonCode, type TaskState } from '#contracts';
import type { NeedRow, TaskRow } from '../model/state.ts';

/** The states in which nothing more happens to a Task; every other one is open (domain.md §2). */
export const endStates = [
  'declined',
  'redirected',
  'withdrawn',
  'expired',
  'completed',
  'not-completed',
  'entered-in-error',
] as const satisfies readonly TaskState[];
export type EndState = (typeof endStates)[number];

export function isEnded(state: TaskState): state is EndState {
  return (endStates as readonly TaskState[]).includes(state);
}

export function isOpen(task: Pick<TaskRow, 'state'>): boolean {
  return !isEnded(task.state);
}

/** What the Tasks of a need make of it. `reroute`: the ended Task after which another agency is to be looked for. */
export interface Standing {
  readonly result: NeedResult;
  readonly reason: ReasonCode | null;
  readonly reroute: TaskRow | null;
}

const inPlay: Standing = { result: 'in-play', reason: null, reroute: null };

/**
 * In play while a Task is open or a reroute is pending; else settled by a completion, or by a client's or no-reroute
 * reason (domain.md §2, roll-up). A need that nothing has settled yet is in play.
 */
export function standingOf(tasks: readonly TaskRow[]): Standing {
  if (tasks.some(isOpen)) return inPlay;
  const last = lastEnded(tasks);
  if (last === undefined) return inPlay;
  if (last.reroute) return { ...inPlay, reroute: last };
  const best = bestResult(tasks);
  return best === null
    ? { result: 'unmet', reason: last.reason, reroute: null }
    : { result: best, reason: null, reroute: null };
}

/** Whether a need has its answer, and which; a settlement by hand stands until a Task is open again. */
export function resultOf(need: NeedRow, tasks: readonly TaskRow[]): Pick<Standing, 'result' | 'reason'> {
  const standing = standingOf(tasks);
  return need.settledByHand && !tasks.some(isOpen) ? { result: need.result, reason: need.settledReason } : standing;
}

/** In play, no Task of it is open, and nothing in those that ended answers it. */
export function isLeft(need: NeedRow, tasks: readonly TaskRow[]): boolean {
  return need.result === 'in-play' && !tasks.some(isOpen) && standingOf(tasks).result === 'in-play';
}

/** Days after which this reason lets the same organization be asked again. */
export function parkDays(reason: ReasonCode): number {
  return reasonOf(reason).parkDays;
}

/** Ends that say something about the need: not an error, not a sibling that another agency made needless. */
function lastEnded(tasks: readonly TaskRow[]): TaskRow | undefined {
  return tasks
    .filter((task) => task.state !== 'entered-in-error' && !endedForAnother(task))
    .toSorted((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : Number((a.endedAt ?? '') > (b.endedAt ?? ''))))
    .at(-1);
}

function endedForAnother(task: TaskRow): boolean {
  return task.reason === 'another-agency-accepted' || task.reason === 'not-picked';
}

function bestResult(tasks: readonly TaskRow[]): 'met' | 'partly-met' | null {
  const results = tasks.flatMap((task) =>
    task.state === 'completed' && task.outcome !== null ? [resultOfOutcome[task.outcome]] : [],
  );
  if (results.includes('met')) return 'met';
  return results.length > 0 ? 'partly-met' : null;
}
