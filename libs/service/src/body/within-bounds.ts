import { fieldsOf, usualListMax, type FieldsClass, type FieldSpec } from '#contracts';
import { mostFaults, type FieldFault } from '../problems/form.problems.ts';

type Body = Readonly<Record<string, unknown>>;

/** What of a body is worth a closer look, and what is refused without one. */
export interface Bounded {
  readonly body: Body;
  readonly faults: readonly FieldFault[];
}

/**
 * Takes away what the class does not know and lists that are longer than they may be, each with its fault, and every
 * `null` that is as good as absent. So whoever judges the values has at most as many before them as the class allows.
 * Stops once there are more faults than anybody is told.
 */
export function withinBounds(cls: FieldsClass, body: Body): Bounded {
  const faults: FieldFault[] = [];
  return { body: bounded(cls, body, '', faults), faults };
}

function bounded(cls: FieldsClass, body: Body, path: string, faults: FieldFault[]): Body {
  const specs = new Map(fieldsOf(cls).map((each) => [each.name, each]));
  const known = unknownTold(specs, body, path, faults);
  const kept: [string, unknown][] = [];
  for (const [spec, value] of known) {
    if (faults.length > mostFaults) break;
    if (value === null && spec.optional && spec.nullable !== true) continue;
    const field = pathTo(path, spec.name);
    if (isTooLong(spec, value)) faults.push(tooLong(spec, field));
    else kept.push([spec.name, inside(spec, value, field, faults)]);
  }
  return Object.fromEntries(kept);
}

/** The values of fields that the class knows; of the others the faults are told, all of a level before those within it. */
function unknownTold(
  specs: ReadonlyMap<string, FieldSpec>,
  body: Body,
  path: string,
  faults: FieldFault[],
): readonly (readonly [FieldSpec, unknown])[] {
  const known: (readonly [FieldSpec, unknown])[] = [];
  for (const [name, value] of Object.entries(body)) {
    const spec = specs.get(name);
    if (spec !== undefined) known.push([spec, value]);
    else if (faults.length <= mostFaults) faults.push(unknownField(pathTo(path, name), [...specs.keys()]));
  }
  return known;
}

function inside({ nested }: FieldSpec, value: unknown, path: string, faults: FieldFault[]): unknown {
  if (nested === undefined || typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return bounded(nested(), value as Body, path, faults);
  return value.map((each: unknown, at) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? bounded(nested(), each as Body, `${path}[${at}]`, faults)
      : each,
  );
}

function isTooLong({ list, max = usualListMax }: FieldSpec, value: unknown): boolean {
  return list && Array.isArray(value) && value.length > max;
}

function tooLong({ name, min = 0, max = usualListMax }: FieldSpec, field: string): FieldFault {
  return { field, message: `${name} must have at most ${max}`, allowed: `a list of ${min} to ${max}` };
}

function unknownField(field: string, allowed: readonly string[]): FieldFault {
  return { field, message: `${field} is not a known field`, allowed };
}

function pathTo(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
