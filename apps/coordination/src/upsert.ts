import { statement, type StatementNamed } from '#persistence';

/** The names of columns, each exactly once: a property of `Row` that is left out does not compile. */
export function columnNames<Row extends object>(
  names: Readonly<Record<keyof Row & string, true>>,
): readonly (keyof Row & string)[] {
  return Object.keys(names) as (keyof Row & string)[];
}

/** A table that a projection writes: its key columns and its other columns. */
export interface ProjectedTable<Row> {
  readonly name: string;
  readonly key: keyof Row & string;
  readonly columns: readonly (keyof Row & string)[];
}

/**
 * One statement for any number of rows ($1: a JSON list of rows): inserts new rows and updates existing ones. Rows of a
 * batch are sorted by key, so that two concurrent batches lock them in the same order (architecture.md §4.9).
 */
export function upsertInto<Row>({ name, key, columns }: ProjectedTable<Row>): StatementNamed<`upsert ${string}`> {
  const all = [key, ...columns].join(', ');
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  return statement(
    `upsert ${name}`,
    `insert into ${name} (${all}) select ${all} from jsonb_populate_recordset(null::${name}, $1::jsonb)
     on conflict (${key}) do update set ${set}`,
  );
}

export function sortedBy<Row>(key: keyof Row, rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => (a[key] < b[key] ? -1 : Number(a[key] > b[key])));
}
