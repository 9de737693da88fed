/** Rows under one heading. */
export interface Group<Row, Heading> {
  readonly key: string;
  /** `null` in a list of one group, whose heading is the page's. */
  readonly heading: Heading | null;
  readonly rows: readonly Row[];
}

/** A line of the list, in the order of the page. `place` counts from 0 within the group. */
export type Entry<Row, Heading> =
  | { readonly kind: 'heading'; readonly key: string; readonly group: Group<Row, Heading> }
  | {
      readonly kind: 'row';
      readonly key: string;
      readonly group: Group<Row, Heading>;
      readonly row: Row;
      readonly place: number;
    };

/** Lists longer than this draw only what is near the window. */
export const mostDrawn = 200;

/** The lines of the list. A group without rows has no heading either. */
export function entriesOf<Row, Heading>(
  groups: readonly Group<Row, Heading>[],
  rowKey: (row: Row) => string,
): readonly Entry<Row, Heading>[] {
  return groups
    .filter(({ rows }) => rows.length > 0)
    .flatMap((group) => [
      ...(group.heading === null ? [] : [{ kind: 'heading' as const, key: `heading ${group.key}`, group }]),
      ...group.rows.map((row, place) => ({ kind: 'row' as const, key: rowKey(row), group, row, place })),
    ]);
}

/** The lines that are drawn, gathered again under their groups. */
export function byGroup<Row, Heading>(
  drawn: readonly { readonly entry: Entry<Row, Heading>; readonly start: number; readonly index: number }[],
): readonly { readonly group: Group<Row, Heading>; readonly lines: typeof drawn }[] {
  return [...Map.groupBy(drawn, ({ entry }) => entry.group)].map(([group, lines]) => ({ group, lines }));
}
