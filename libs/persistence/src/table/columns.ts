/** A table's columns, each named once beside the field of the row that it holds. */
export interface Columns<Row> {
  /** For a select: each column under the name of its field. */
  readonly selected: string;
  /** Inserts one row. Its only parameter, `$1`, is what {@link json} makes of the row. */
  readonly insert: string;
  json(row: Row): string;
}

/** `names`: the column of each field. A field without a column, or a column of no field, does not compile. */
export function columnsOfTable<Row extends object>(
  table: string,
  names: { readonly [Field in keyof Row]: string },
): Columns<Row> {
  const pairs = Object.entries<string>(names);
  const all = pairs.map(([, column]) => column).join(', ');
  return {
    selected: pairs.map(([field, column]) => `${column} as "${field}"`).join(', '),
    insert: `insert into ${table} (${all}) select ${all} from jsonb_populate_record(null::${table}, $1::jsonb)`,
    json: (row) =>
      JSON.stringify(Object.fromEntries(pairs.map(([field, column]) => [column, row[field as keyof Row]]))),
  };
}
