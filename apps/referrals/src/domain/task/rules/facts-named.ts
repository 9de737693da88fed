import type { TaskAction } from '#contracts';
import type { FactName } from '../../model/facts.ts';
import type { TaskRow } from '../../model/state.ts';
import type { Relation } from '../table/relation.ts';
import { taskTransitions } from '../table/task.transitions.ts';
import { isPool, type FactsOfMove, type RelationOf } from './transition-request.ts';

/** The names of the facts that some row of a person's action reads. */
export type FactsOfPerson = FactsOfMove<TaskAction, RelationOf<'person'>>;

/**
 * The facts that a person's action on this Task reads: the column `facts` of its rows. A claim is decided by other facts
 * than the acceptance of a Task that has its recipient, so its row counts only where there is something to claim.
 */
export function factsNamed(action: TaskAction, task: TaskRow): ReadonlySet<FactName> {
  const rows = taskTransitions.filter(
    (row) =>
      row.action === action &&
      row.actors.some((actor) => !isPlatform(actor)) &&
      (isPool(task) || row.when?.includes('unclaimed') !== true),
  );
  return new Set(rows.flatMap((row) => row.facts));
}

function isPlatform(relation: Relation): boolean {
  return relation === 'system' || relation === 'timer';
}
