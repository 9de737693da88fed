import { fieldsOf, usualListMax, type FieldsClass, type FieldSpec } from '#contracts';

/** No body is larger (contract.md §1), but where a route takes files and says so. */
export const usualBodyLimit = 256 * 1024;
/** As much as any body may have, however little its class holds. */
const smallestBodyLimit = 16 * 1024;

/** What decorators said of a route's body. */
export interface BodyFacts {
  /** Said outright, for files. */
  readonly bodyLimit?: number;
  /** The classes of which one is sent. */
  readonly takes?: readonly FieldsClass[];
  /** A form of a few short fields. */
  readonly form?: boolean;
}

/** The largest body of a route in bytes: twice what its class can hold, for spaces and line ends, and at most the usual. */
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

/** A letter may be spelled `\u00e9`, of six bytes. */
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
      // an id is the longest of the rest
      return 40;
  }
}
