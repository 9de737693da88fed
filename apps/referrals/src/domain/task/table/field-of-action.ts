import type { TaskAction } from '#contracts';
import { taskTransitions, type Field, type TypedRow } from './task.transitions.ts';

/** The fields that some row of an action names: what a request may carry into the domain. */
export type FieldOfAction<Action extends TaskAction> = Extract<TypedRow, { readonly action: Action }>[
  'needs' | 'optional'][number];

/** The same as values, each once. */
export function fieldsOfAction(action: TaskAction): readonly Field[] {
  const rows = taskTransitions.filter((row) => row.action === action);
  return [...new Set(rows.flatMap(({ needs, optional }) => [...needs, ...optional]))];
}
