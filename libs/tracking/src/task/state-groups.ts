import type { TaskState } from '#contracts';

/** The end states of a Task; in every other state it is open (domain.md §2). */
const endStates = [
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

export function isOpen(task: { readonly state: TaskState }): boolean {
  return !isEnded(task.state);
}
