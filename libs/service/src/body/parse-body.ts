import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { fieldsOf, wholeFaults, type FieldsClass, type FieldSpec, type InstantText } from '#contracts';
import { Invalid, mostFaults, OutsideWindow, type FieldFault } from '../problems/form.problems.ts';
import { fieldFaults } from './field-faults.ts';
import { jsonFaults } from '../bytes/json-faults.ts';
import { windowFaults } from './window-faults.ts';
import { withinBounds } from './within-bounds.ts';

/**
 * Parses a body into an object of the class, which uses the field decorators of contracts. An absent body is an empty
 * one. An optional field may be `null`, which means absent (contract.md §1), unless its class gives `null` a meaning.
 * `now` is the service's clock: instants and days must be inside their windows. Throws {@link Invalid} with every fault:
 * unknown fields, wrong values, texts that cannot be stored; and {@link OutsideWindow} if that is the only fault. The
 * cost is linear in the size of the body: limits are checked first, and values outside a limit are not inspected.
 */
export function parseBody<T extends object>(cls: new () => T, raw: unknown, now?: InstantText): T {
  const body = raw ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new Invalid([{ field: 'body', message: 'the body must be an object', allowed: 'an object' }]);
  }
  refuse(jsonFaults(body));
  const { body: kept, faults } = withinBounds(cls, body as Record<string, unknown>);
  if (faults.length > mostFaults) throw new Invalid(faults);
  const parsed = plainToInstance(cls, kept);
  refuse([...faults, ...faultsWithin(cls, parsed, faults)]);
  refuse(wholeFaults(cls, parsed));
  const outside = now === undefined ? [] : windowFaults(cls, parsed, now);
  if (outside.length > 0) throw new OutsideWindow(outside);
  return parsed;
}

/** The faults that the field decorators find; not those of removed values, which are already reported. */
function faultsWithin(cls: FieldsClass, parsed: object, reported: readonly FieldFault[]): readonly FieldFault[] {
  // class-validator treats a class without fields as unknown
  if (fieldsOf(cls).length === 0) return [];
  const fields = new Set(reported.map((each) => each.field));
  return fieldFaults(validateSync(parsed, validation)).filter((each) => !fields.has(each.field));
}

const validation = { whitelist: true, forbidNonWhitelisted: true, validationError: { value: false } } as const;

/** Every list may be paged, and every ⧗ read may take `?after=`: the class need not declare these. */
const ofEveryList: ReadonlySet<string> = new Set(['cursor', 'limit', 'after']);

/** Parses a query into an object of the class: flags and counts arrive as text, a list repeats its name. */
export function parseQuery<T extends object>(cls: new () => T, raw: unknown, now?: InstantText): T {
  const specs = new Map(fieldsOf(cls).map((each) => [each.name, each]));
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
    .filter(([name]) => !ofEveryList.has(name))
    .map(([name, value]) => [name, spelled(specs.get(name), value)] as const);
  return parseBody(cls, Object.fromEntries(entries), now);
}

function spelled(spec: FieldSpec | undefined, value: unknown): unknown {
  if (spec?.list === true) return (Array.isArray(value) ? value : [value]).map((each) => spelledOne(spec, each));
  return spec === undefined ? value : spelledOne(spec, value);
}

function spelledOne(spec: FieldSpec, value: unknown): unknown {
  if (spec.kind === 'flag' && (value === 'true' || value === 'false')) return value === 'true';
  if (spec.kind === 'count' && typeof value === 'string' && /^-?\d{1,10}$/.test(value)) return Number(value);
  return value;
}

function refuse(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new Invalid(faults);
}
