import type { FieldsClass } from '../fields.ts';
import { coordinationMeanings } from './coordination.meanings.ts';
import type { Meaning } from './meaning.ts';
import { networkMeanings } from './network.meanings.ts';
import { taskMeanings } from './task.meanings.ts';

export const meanings: readonly Meaning[] = [...taskMeanings, ...coordinationMeanings, ...networkMeanings];

/** The meaning of a field; undefined if its name says it. */
export function meaningOf(of: FieldsClass, field: string): string | undefined {
  return meanings.find((each) => each.of === of)?.fields[field];
}
