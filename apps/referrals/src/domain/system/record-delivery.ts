import { TaskDelivered } from '#contracts';
import { findTimer } from '#tracking';
import { idsOf } from '../task/effects/ending.ts';
import type { TaskRow } from '../model/state.ts';

/** The first delivery ends deliver-by (domain.md §2, timers); where nothing waits for one it is no news. */
export function recordDelivery(task: TaskRow): readonly TaskDelivered[] {
  return findTimer(task.timers, 'deliver-by') === undefined ? [] : [TaskDelivered.of(idsOf(task))];
}
