import { isStorable } from '#contracts';
import { mostFaults, type FieldFault } from '../problems/form.problems.ts';

/** Deeper than any body of the contract; what lies deeper is there to exhaust a stack. */
const deepest = 20;

interface Place {
  readonly value: unknown;
  readonly depth: number;
  /** Its key, or its number in a list; the path is put together only where there is a fault to tell. */
  readonly at: string | number;
  readonly within: Place | undefined;
}

/**
 * What no class can say about its texts: PostgreSQL stores neither NUL nor half a surrogate pair, a control character or
 * a U+FFFD is the trace of a text that was read in the wrong way, and no body of ours is deep. Walks without recursion,
 * since the body is a stranger's, and stops once there are more faults than anybody is told.
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
  if (place.at === '__proto__') return { field: 'body', message: 'the body holds a field that no body may have' };
  if (depth > deepest) {
    return { field: pathOf(place), message: 'is nested too deep', allowed: `at most ${deepest} levels` };
  }
  if (typeof value !== 'string' || isStorable(value)) return undefined;
  const field = pathOf(place);
  return {
    field,
    message: `${field} holds characters that cannot be stored`,
    allowed: 'text in well-formed Unicode, without control characters but tab and line end, and without U+FFFD',
  };
}

// The last is looked at first: so they are put there from the last to the first.
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
