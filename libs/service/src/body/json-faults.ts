import type { FieldFault } from '../problems/form.problems.ts';

/** Deeper than any body of the contract; what lies deeper is there to exhaust a stack. */
const deepest = 20;

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/**
 * What no class can say about its texts: PostgreSQL stores neither NUL nor half a surrogate pair, and no body of ours
 * is deep. Walks without recursion, since the body is a stranger's.
 */
export function jsonFaults(body: unknown): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const places: Place[] = [{ value: body, path: '', depth: 0 }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const fault = faultOf(place);
    if (fault === undefined) places.push(...insideOf(place));
    else faults.push(fault);
  }
  return faults.reverse();
}

function faultOf({ value, path, depth }: Place): FieldFault | undefined {
  const field = path === '' ? 'body' : path;
  if (depth > deepest) return { field, message: 'is nested too deep', allowed: `at most ${deepest} levels` };
  if (typeof value !== 'string' || (!value.includes('\0') && value.isWellFormed())) return undefined;
  return {
    field,
    message: `${field} holds characters that cannot be stored`,
    allowed: 'text without NUL, in well-formed Unicode',
  };
}

function insideOf({ value, path, depth }: Place): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const items = Array.isArray(value)
    ? value.map((item: unknown, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(value).map(([key, item]) => [path === '' ? key : `${path}.${key}`, item as unknown] as const);
  return items.map(([inner, item]) => ({ value: item, path: inner, depth: depth + 1 }));
}
