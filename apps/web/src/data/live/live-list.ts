/**
 * `here`: as the server listed it. `moved`: it belongs to another place of the list now. `left`: it ended or is no longer
 * seen, and stays greyed until the list is left. Places never change under a reader's eyes.
 */
export type Mark = 'here' | 'moved' | 'left';

export interface Listed<Row> {
  readonly row: Row;
  readonly mark: Mark;
}

export interface ListPage<Row> {
  readonly items: readonly Listed<Row>[];
  readonly next: string | null;
}

/** A list that was read page by page, with what happened since. `arrivals`: ids of new rows that are not shown yet. */
export interface LiveList<Row> {
  readonly pages: readonly ListPage<Row>[];
  readonly arrivals: readonly string[];
}

/** How a list sees its rows. */
export interface ListRules<Row> {
  readonly idOf: (row: Row) => string;
  readonly versionOf: (row: Row) => number;
  /** Whether the list's filters let it in. */
  readonly belongs: (row: Row) => boolean;
  /** What decides where it stands, such as its group. */
  readonly placeOf: (row: Row) => string;
}

/** Rows that were read again: those of the asked that are still seen. */
export interface ReadAgain<Row> {
  readonly askedIds: readonly string[];
  readonly rows: readonly Row[];
}

/** The list with these rows in it: each at its old place, and only where it is newer than what stands there. */
export function patched<Row>(
  list: LiveList<Row>,
  { askedIds, rows }: ReadAgain<Row>,
  rules: ListRules<Row>,
): LiveList<Row> {
  const found = new Map(rows.map((row) => [rules.idOf(row), row]));
  const gone = new Set(askedIds.filter((id) => !found.has(id)));
  const listedIds = new Set<string>();
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.map((listed): Listed<Row> => {
      const id = rules.idOf(listed.row);
      listedIds.add(id);
      const row = found.get(id);
      if (row !== undefined) return renewed(listed, row, rules);
      return gone.has(id) ? { ...listed, mark: 'left' } : listed;
    }),
  }));
  const arrived = rows.filter((row) => !listedIds.has(rules.idOf(row)) && rules.belongs(row)).map(rules.idOf);
  const stillWait = list.arrivals.filter((id) => arrived.includes(id) || !(gone.has(id) || found.has(id)));
  return { pages, arrivals: [...new Set([...stillWait, ...arrived])] };
}

function renewed<Row>(listed: Listed<Row>, row: Row, rules: ListRules<Row>): Listed<Row> {
  const [before, now] = [rules.versionOf(listed.row), rules.versionOf(row)];
  if (now < before || (now === before && listed.mark !== 'left')) return listed;
  if (!rules.belongs(row)) return { row, mark: 'left' };
  const stays = listed.mark === 'here' && rules.placeOf(row) === rules.placeOf(listed.row);
  return { row, mark: stays ? 'here' : 'moved' };
}

/** A page as the server gave it. */
export function listed<Row>(items: readonly Row[], next: string | null): ListPage<Row> {
  return { items: items.map((row) => ({ row, mark: 'here' })), next };
}
