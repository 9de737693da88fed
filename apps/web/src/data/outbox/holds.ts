import type { TaskAction } from '#contracts/codes/task-action';

const cannotBeTakenBack = 8000;
const isSeldomMeant = 5000;
const atOnce = 0;

/**
 * Milliseconds that an act is held with Undo before it is sent. What ends something for others is held longest; what
 * others race for, and what harms nobody, goes at once.
 */
export const holdMs: Readonly<Record<TaskAction, number>> = {
  decline: cannotBeTakenBack,
  redirect: cannotBeTakenBack,
  withdraw: cannotBeTakenBack,
  complete: cannotBeTakenBack,
  'not-complete': cannotBeTakenBack,
  'confirm-withdrawal': cannotBeTakenBack,
  'mark-error': cannotBeTakenBack,
  accept: isSeldomMeant,
  hold: isSeldomMeant,
  send: atOnce,
  acknowledge: atOnce,
  ask: atOnce,
  reply: atOnce,
  progress: atOnce,
  assign: atOnce,
  resume: atOnce,
  pick: atOnce,
  reopen: atOnce,
  'approve-decline': atOnce,
  'return-decline': atOnce,
  'take-back-decline': atOnce,
};

/** Acts on many rows at once. */
export const bulkHoldMs = 10_000;

/** A claim of a pool is a race, so it is not held. */
export function holdOf(action: TaskAction, { isPool }: { readonly isPool: boolean }): number {
  return action === 'accept' && isPool ? atOnce : holdMs[action];
}
