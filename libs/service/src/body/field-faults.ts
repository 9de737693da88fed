import type { ValidationError } from 'class-validator';
import { fieldsOf, type FieldsClass } from '#contracts';
import type { FieldFault } from '../problems/form.problems.ts';

/** One fault for each wrong field, with its path (`needs[0].areaId`) and the allowed values. */
export function fieldFaults(errors: readonly ValidationError[], path = ''): readonly FieldFault[] {
  return errors.flatMap((error) => {
    const field = pathTo(path, error.property);
    // the fault of an item says more than the fault of the list, unless the value is no list at all
    const inside = fieldFaults(error.children ?? [], field);
    const own = faultOf(error, field);
    if (own === undefined) return inside;
    return inside.length > 0 && !('isArray' in (error.constraints ?? {})) ? inside : [own];
  });
}

function pathTo(path: string, property: string): string {
  if (path === '') return property;
  return /^\d+$/.test(property) ? `${path}[${property}]` : `${path}.${property}`;
}

// Faults of the value itself come before faults of its content: "must be a list" says more than "each must be a UUID".
const tellingFirst = ['isArray', 'isObject', 'isString', 'isInt', 'isBoolean'];

function faultOf(error: ValidationError, field: string): FieldFault | undefined {
  const { constraints, contexts } = error;
  if (constraints === undefined) return undefined;
  if ('whitelistValidation' in constraints) return unknownField(error.target, field);
  const rule = tellingFirst.find((each) => each in constraints) ?? Object.keys(constraints)[0];
  if (rule === undefined) return undefined;
  const context = (contexts?.[rule] ?? anyOf(contexts)) as { readonly allowed?: FieldFault['allowed'] } | undefined;
  const message = constraints[rule] ?? 'is invalid';
  return { field, message, ...(context?.allowed === undefined ? {} : { allowed: context.allowed }) };
}

function anyOf(contexts: ValidationError['contexts']): unknown {
  return contexts === undefined ? undefined : Object.values(contexts)[0];
}

function unknownField(target: object | undefined, field: string): FieldFault {
  const known = target === undefined ? [] : fieldsOf(target.constructor as FieldsClass).map((each) => each.name);
  return { field, message: `${field} is not a known field`, allowed: known };
}
