import { fold, type ReferralHistory } from '#decider/testing';
import { evolve, type TaskRow } from '../domain/referral.ts';

/** A Task as its history leaves it; the one that the history is on where none is named. */
export function taskOf(history: ReferralHistory, taskId: string = history.taskId): TaskRow {
  const task = fold({ evolve }, history.events)?.tasks.find((each) => each.taskId === taskId);
  if (task === undefined) throw new Error('no Task');
  return task;
}
