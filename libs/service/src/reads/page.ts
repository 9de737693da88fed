import { isDay, isInstant } from '#contracts';
import { Invalid, type FieldFault } from '../problems/form.problems.ts';

/** A page of a list: keyset pagination, stable under inserts. `next` is null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** The sort values of an item, in sort order; the last one is unique. */
export type SortValues = readonly (string | number | null)[];

/** The requested part of a list: at most `limit` items (1-100, by default 50) after the one that the cursor describes. */
export interface PageAsked<Values extends SortValues = SortValues> {
  readonly limit: number;
  /** The sort values of the last item seen; undefined on the first page. */
  readonly after: Values | undefined;
}

/** The type of a sort value, so that a forged cursor is refused before the database fails on it. */
export type SortKind = 'id' | 'instant' | 'instant-or-null' | 'day' | 'number' | 'text';

/** The sort values of a cursor whose kinds are known. */
type SortedBy<Kinds extends readonly SortKind[]> = {
  readonly [Place in keyof Kinds]: Kinds[Place] extends 'number'
    ? number
    : Kinds[Place] extends 'instant-or-null'
      ? string | null
      : string;
};

const defaultLimit = 50;
const largestLimit = 100;
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
const isStorable = (text: string): boolean => text.length <= 400 && !text.includes('\0') && text.isWellFormed();
const isPlace = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 2_147_483_647;

const kinds: Readonly<Record<SortKind, (value: string | number | null) => boolean>> = {
  id: (value) => typeof value === 'string' && isId(value),
  instant: (value) => typeof value === 'string' && isInstant(value),
  'instant-or-null': (value) => value === null || (typeof value === 'string' && isInstant(value)),
  day: (value) => typeof value === 'string' && isDay(value),
  number: (value) => typeof value === 'number' && isPlace(value),
  text: (value) => typeof value === 'string' && isStorable(value),
};

/** Reads `?cursor=&limit=`; `sort` says what the list's cursors contain. Throws {@link Invalid}. */
export function pageOf<const Kinds extends readonly SortKind[]>(
  query: unknown,
  sort: Kinds,
): PageAsked<SortedBy<Kinds>>;
export function pageOf(query: unknown): PageAsked;
export function pageOf(query: unknown, sort?: readonly SortKind[]): PageAsked {
  const { cursor, limit } = (query ?? {}) as { readonly cursor?: unknown; readonly limit?: unknown };
  const asked = limit === undefined ? defaultLimit : limitOf(limit);
  const after = cursor === undefined ? undefined : valuesOf(cursor, sort);
  const faults: FieldFault[] = [];
  if (asked === undefined) {
    faults.push({ field: 'limit', message: 'limit must be a whole number', allowed: `1 to ${largestLimit}` });
  }
  if (cursor !== undefined && after === undefined) {
    faults.push({ field: 'cursor', message: 'cursor does not belong to this list', allowed: 'the `next` of a page' });
  }
  if (asked === undefined || faults.length > 0) throw new Invalid(faults);
  return { limit: asked, after };
}

/** An opaque cursor for the sort values of an item. */
export function cursorOf(values: SortValues): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/**
 * The page of rows that were read with `limit + 1`: the extra row only shows that there is more. `sort` gives the sort
 * values of a row, `view` what a reader sees of it.
 */
export function pageFrom<Row, T>(
  asked: PageAsked,
  rows: readonly Row[],
  sort: (row: Row) => SortValues,
  view: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  const more = rows.length > asked.limit && last !== undefined;
  return { items: shown.map(view), next: more ? cursorOf(sort(last)) : null };
}

/** A page of a list that is completely in memory, in its own order; `key` identifies its items. Throws {@link Invalid}. */
export function pageOfAll<T>(query: unknown, all: readonly T[], key: (item: T) => string): Page<T> {
  const asked = pageOf(query, ['text']);
  const from = asked.after === undefined ? 0 : all.findIndex((each) => key(each) === asked.after?.[0]) + 1;
  return pageFrom(
    asked,
    all.slice(from, from + asked.limit + 1),
    (item) => [key(item)],
    (item) => item,
  );
}

function limitOf(text: unknown): number | undefined {
  const limit = typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= largestLimit ? limit : undefined;
}

function valuesOf(cursor: unknown, sort: readonly SortKind[] | undefined): SortValues | undefined {
  if (typeof cursor !== 'string' || cursor.length > 2000) return undefined;
  const values = parsed(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Array.isArray(values) || values.length === 0 || values.length > 8) return undefined;
  if (sort !== undefined && sort.length !== values.length) return undefined;
  const fits = values.every((value: unknown, index) => isSortValue(value, sort?.[index]));
  return fits && cursorOf(values as SortValues) === cursor ? (values as SortValues) : undefined;
}

function isSortValue(value: unknown, kind: SortKind | undefined): boolean {
  if (value !== null && typeof value !== 'string' && typeof value !== 'number') return false;
  if (kind !== undefined) return kinds[kind](value);
  return typeof value === 'string' ? isStorable(value) : value === null || Number.isFinite(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
