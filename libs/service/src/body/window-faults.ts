import {
  dayOutside,
  fieldsOf,
  instantOutside,
  type FieldsClass,
  type FieldSpec,
  type InstantText,
  type OutsideWindow,
} from '#contracts';
import type { FieldFault } from '../problems/form.problems.ts';

/**
 * Finds values outside their field's window, at any depth. The fields' own checks have passed. A field without a declared
 * window has the sensible one, so that no value reaches a limit of the database.
 */
export function windowFaults(cls: FieldsClass, value: object, now: InstantText, path = ''): readonly FieldFault[] {
  const byName = value as Readonly<Record<string, unknown>>;
  return fieldsOf(cls).flatMap((spec) => {
    const field = path === '' ? spec.name : `${path}.${spec.name}`;
    const found = byName[spec.name];
    if (!spec.list) return faultsOf(spec, found, now, field);
    if (!Array.isArray(found)) return [];
    return found.flatMap((each: unknown, index) => faultsOf(spec, each, now, `${field}[${index}]`));
  });
}

function faultsOf(spec: FieldSpec, value: unknown, now: InstantText, field: string): readonly FieldFault[] {
  if (spec.nested !== undefined) {
    return typeof value === 'object' && value !== null ? windowFaults(spec.nested(), value, now, field) : [];
  }
  const outside = typeof value === 'string' ? outsideOf(spec, value, now) : undefined;
  if (outside === undefined) return [];
  return [{ field, message: `${field} ${outside.message}`, allowed: outside.allowed }];
}

function outsideOf(spec: FieldSpec, value: string, now: InstantText): OutsideWindow | undefined {
  const window = spec.window ?? 'sensible';
  if (spec.kind === 'instant') {
    return instantOutside(window, value, now, spec.orDay === true);
  }
  return spec.kind === 'day' ? dayOutside(window, value, now) : undefined;
}
