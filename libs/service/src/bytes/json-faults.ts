import { isStorable } from '#contracts';
import { mostFaults, type FieldFault } from '../problems/form.problems.ts';

/** Deeper than any body of the contract; a deeper one is an attempt to exhaust the stack. */
const deepest = 20;

interface Place {
  readonly value: unknown;
  readonly depth: number;
  /** Its key, or its index in a list; the path is built only if there is a fault to report. */
  readonly at: string | number;
  readonly within: Place | undefined;
}

/**
 * Finds faults that a class cannot declare. PostgreSQL stores neither NUL nor half a surrogate pair; a control character
 * or U+FFFD shows that a text was decoded wrongly; and no valid body is deep. It walks without recursion, because the
 * body comes from a stranger, and stops when there are more faults than we report.
 */
export function jsonFaults(body: unknown): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const places: Place[] = [{ value: body, depth: 0, at: '', within: undefined }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const fault = faultOf(place);
    if (fault === undefined) addInside(place, places);
    else if (faults.push(fault) > mostFaults) break;
  }
  return faults;
}

function faultOf(place: Place): FieldFault | undefined {
  const { value, depth } = place;
  if (place.at === '__proto__') return { field: 'body', message: 'the body contains a field that no body may have' };
  if (depth > deepest) {
    return { field: pathOf(place), message: 'is nested too deep', allowed: `at most ${deepest} levels` };
  }
  if (typeof value !== 'string' || isStorable(value)) return undefined;
  const field = pathOf(place);
  return {
    field,
    message: `${field} contains characters that cannot be stored`,
    allowed: 'text in well-formed Unicode, without control characters except tab and line end, and without U+FFFD',
  };
}

// the stack is read from its end, so the items are pushed in reverse
function addInside(within: Place, places: Place[]): void {
  const { value, depth } = within;
  if (typeof value !== 'object' || value === null) return;
  const keys = Array.isArray(value) ? undefined : Object.keys(value);
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (let index = items.length - 1; index >= 0; index -= 1) {
    places.push({ value: items[index], depth: depth + 1, at: keys?.[index] ?? index, within });
  }
}

function pathOf(place: Place): string {
  let path = '';
  for (let each: Place | undefined = place; each?.within !== undefined; each = each.within) {
    const step = typeof each.at === 'number' ? `[${each.at}]` : each.at;
    path = path === '' || path.startsWith('[') ? `${step}${path}` : `${step}.${path}`;
  }
  return path === '' ? 'body' : path;
}
