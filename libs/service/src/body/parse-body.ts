import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { fieldsOf, wholeFaults, type FieldsClass, type FieldSpec, type InstantText } from '#contracts';
import { Invalid, mostFaults, OutsideWindow, type FieldFault } from '../problems/form.problems.ts';
import { fieldFaults } from './field-faults.ts';
import { jsonFaults } from '../bytes/json-faults.ts';
import { windowFaults } from './window-faults.ts';
import { withinBounds } from './within-bounds.ts';

/**
 * A body as an object of the class, which is spelled with the field words of contracts. An absent body is an empty one.
 * An optional field may be `null`, which is as absent (contract.md §1), unless its class lets `null` mean something.
 * `now` is of the service's clock: instants and days are held against their windows.
 * Throws {@link Invalid} naming every fault: unknown fields, wrong values, texts that cannot be stored; and
 * {@link OutsideWindow} where that is all that is wrong. Its cost grows with the size of the body and no faster: bounds
 * come first, and what is out of bounds is not looked into.
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

/** What the field words say of the values; not of what was taken away already, which was told. */
function faultsWithin(cls: FieldsClass, parsed: object, told: readonly FieldFault[]): readonly FieldFault[] {
  // class-validator takes a class without fields for one that it does not know
  if (fieldsOf(cls).length === 0) return [];
  const known = new Set(told.map((each) => each.field));
  return fieldFaults(validateSync(parsed, validation)).filter((each) => !known.has(each.field));
}

const validation = { whitelist: true, forbidNonWhitelisted: true, validationError: { value: false } } as const;

/** Every list may be asked for page by page, and every ⧗ read for what the caller has seen happen: not the class's concern. */
const ofEveryList: ReadonlySet<string> = new Set(['cursor', 'limit', 'after']);

/** A query as an object of the class: flags and counts are spelled as text there, a list by repeating its name. */
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
