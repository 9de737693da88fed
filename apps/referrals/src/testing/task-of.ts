import { fold, type ReferralHistory } from '#decider/testing';
import { evolve, type TaskRow } from '../domain/referral.ts';

/** A Task at the end of its history; by default the Task that the history is about. */
export function taskOf(history: ReferralHistory, taskId: string = history.taskId): TaskRow {
  const task = fold({ evolve }, history.events)?.tasks.find((each) => each.taskId === taskId);
  if (task === undefined) throw new Error('no Task');
  return task;
}
