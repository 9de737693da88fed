import { fieldsOf, usualListMax, type FieldsClass, type FieldSpec } from '#contracts';
import { mostFaults, type FieldFault } from '../problems/form.problems.ts';

type Body = Readonly<Record<string, unknown>>;

/** The part of a body that needs further checks, and the faults found so far. */
export interface Bounded {
  readonly body: Body;
  readonly faults: readonly FieldFault[];
}

/**
 * Removes fields that the class does not know and lists that are too long, each with its fault, and every `null` that
 * means absent. So the validation that follows sees at most as many values as the class allows. Stops when there are more
 * faults than we report.
 */
export function withinBounds(cls: FieldsClass, body: Body): Bounded {
  const faults: FieldFault[] = [];
  return { body: bounded(cls, body, '', faults), faults };
}

function bounded(cls: FieldsClass, body: Body, path: string, faults: FieldFault[]): Body {
  const specs = new Map(fieldsOf(cls).map((each) => [each.name, each]));
  const known = withUnknownReported(specs, body, path, faults);
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

/** The values of known fields. Faults of unknown fields are reported level by level, from the outside in. */
function withUnknownReported(
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
