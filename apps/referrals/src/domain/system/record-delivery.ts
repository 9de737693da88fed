import { TaskDelivered } from '#contracts';
import { idsOf } from '../task/effects/ending.ts';
import type { TaskRow } from '../model/state.ts';
import { find } from '../timer/running.ts';

/** The first delivery ends deliver-by (domain.md §2, timers); where nothing waits for one it is no news. */
export function recordDelivery(task: TaskRow): readonly TaskDelivered[] {
  return find(task.timers, 'deliver-by') === undefined ? [] : [TaskDelivered.of(idsOf(task))];
}
