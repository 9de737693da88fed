import { TaskDelivered } from '#contracts';
import { idsOf } from '../move/ending.ts';
import type { TaskRow } from '../state/state.ts';
import { find } from '../timer/running.ts';

/** The first delivery ends deliver-by (domain.md §2, timers); where nothing waits for one it is no news. */
export function recordDelivery(task: TaskRow): readonly TaskDelivered[] {
  return find(task.timers, 'deliver-by') === undefined ? [] : [TaskDelivered.of(idsOf(task))];
}
