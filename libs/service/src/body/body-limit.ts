import { fieldsOf, usualListMax, type FieldsClass, type FieldSpec } from '#contracts';

/** The usual limit (contract.md §1); only a route that takes files has a larger one. */
export const usualBodyLimit = 256 * 1024;
/** Every body may have this much, however little its class holds. */
const smallestBodyLimit = 16 * 1024;

/** What decorators declared about a route's body. */
export interface BodyFacts {
  /** An explicit limit, for files. */
  readonly bodyLimit?: number;
  /** The body is of one of these classes. */
  readonly takes?: readonly FieldsClass[];
  /** A form of a few short fields. */
  readonly form?: boolean;
}

/**
 * The largest body of a route in bytes: twice what its class can hold, for spaces and line ends, and at most the usual
 * limit.
 */
export function bodyLimitOf({ bodyLimit, takes, form }: BodyFacts): number {
  if (bodyLimit !== undefined) return bodyLimit;
  if (form === true) return smallestBodyLimit;
  if (takes === undefined) return usualBodyLimit;
  const largest = Math.max(0, ...takes.map(bytesOfClass));
  return Math.min(Math.max(2 * largest, smallestBodyLimit), usualBodyLimit);
}

function bytesOfClass(cls: FieldsClass): number {
  return fieldsOf(cls).reduce((bytes, spec) => bytes + bytesOfField(spec), 2);
}

function bytesOfField(spec: FieldSpec): number {
  const items = spec.list ? (spec.max ?? usualListMax) : 1;
  return spec.name.length + 6 + items * (bytesOfValue(spec) + 1);
}

/** A letter may be written as `\u00e9`, which is six bytes. */
const bytesOfLetter = 6;
const usualTextMax = 4000;

function bytesOfValue({ kind, maxLength = usualTextMax, codes = [], nested }: FieldSpec): number {
  switch (kind) {
    case 'text':
      return 2 + bytesOfLetter * maxLength;
    case 'nested':
      return nested === undefined ? 0 : bytesOfClass(nested());
    case 'code':
      return 2 + Math.max(0, ...codes.map((each) => each.length));
    default:
      // an id is the longest of the other kinds
      return 40;
  }
}
