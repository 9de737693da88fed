/** A page of a list: keyset, stable under inserts. `next` is null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** What a list was asked for: at most `limit` items (1-100, 50 unless told) after the one that `cursor` describes. */
export interface PageAsked {
  readonly limit: number;
  /** The sort values of the last item seen, in the order of the sort. */
  readonly after: readonly (string | number)[] | undefined;
}

/** Reads `?cursor=&limit=`. Throws Invalid. */
export function pageOf(_query: unknown): PageAsked {
  throw new Error('not built yet');
}

/** An opaque cursor for the sort values of an item. */
export function cursorOf(_values: readonly (string | number)[]): string {
  throw new Error('not built yet');
}

/**
 * The page of rows read with `limit + 1`: the extra row only says that there is more. `sort` gives a row's sort values.
 */
export function pageFrom<Row, T>(
  _asked: PageAsked,
  _rows: readonly Row[],
  _sort: (row: Row) => readonly (string | number)[],
  _view: (row: Row) => T,
): Page<T> {
  throw new Error('not built yet');
}
