import { taskActions, type Role, type TaskAction } from '#contracts';
import { rolesOfRelation } from './relation.ts';
import { taskTransitions } from './task.transitions.ts';

/** Roles that may ever take an action (contract.md §2.2): those of the parties in its rows of the table. */
export const rolesOfAction = Object.fromEntries(taskActions.map((action) => [action, rolesOf(action)])) as Readonly<
  Record<TaskAction, readonly Role[]>
>;

function rolesOf(action: TaskAction): readonly Role[] {
  const relations = taskTransitions.filter((row) => row.action === action).flatMap((row) => row.actors);
  return [...new Set(relations.flatMap((relation) => rolesOfRelation[relation]))];
}
