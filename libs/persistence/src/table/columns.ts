import type { DescribedStatements } from '../described.ts';
import { statement } from '../statement.ts';

/** A table's columns, each named once beside the field of the row that it holds. */
export interface Columns<Row> {
  /** The columns, for an insert or update that has more parts. */
  readonly names: string;
  /** For a select: each column under the name of its field. */
  readonly selected: string;
  /** Inserts one row. Its first parameter, `$1`, is what {@link json} makes of the row. */
  readonly insert: string;
  /** Selects the columns from a row that is sent as the given parameter. */
  from(parameter: number): string;
  /** Inserts one row as {@link insert} does. A row with the same key is replaced if its `version` is lower. */
  upsert(key: readonly (keyof Row)[], version: keyof Row): string;
  without<Field extends keyof Row>(...fields: readonly Field[]): Columns<Omit<Row, Field>>;
  json(row: Row): string;
}

/** The columns of a table that hold such a value. Any text, as long as PostgreSQL has not described the table. */
type ColumnFor<Table extends string, Value> = `columns of ${Table}` extends keyof DescribedStatements
  ? Holding<DescribedStatements[`columns of ${Table}`]['row'], undefined extends Value ? Value | null : Value>
  : string;

type Holding<Described, Value> = {
  [Column in keyof Described]: [Exclude<Value, undefined>] extends [Described[Column]] ? Column : never;
}[keyof Described];

/**
 * The columns that a service writes of a table. In `holding`, a field without a column, a column of another type and one
 * that does not take null do not compile.
 */
export function columnsOfTable<Table extends string>(
  table: Table,
): {
  holding<Row extends object>(names: { readonly [Field in keyof Row]-?: ColumnFor<Table, Row[Field]> }): Columns<Row>;
} {
  return {
    holding: <Row extends object>(names: object) => {
      const columns = columnsOf<Row>(table, Object.entries(names));
      // never sent: PostgreSQL describes the columns by it
      statement(`columns of ${table}`, `select ${columns.names} from ${table}`);
      return columns;
    },
  };
}

function columnsOf<Row>(table: string, pairs: readonly (readonly [field: string, column: string])[]): Columns<Row> {
  const names = pairs.map(([, column]) => column).join(', ');
  const from = (parameter: number): string =>
    `select ${names} from jsonb_populate_record(null::${table}, $${parameter}::jsonb)`;
  const insert = `insert into ${table} (${names}) ${from(1)}`;
  const namesOf = (...fields: readonly PropertyKey[]): readonly string[] =>
    pairs.filter(([field]) => fields.includes(field)).map(([, column]) => column);
  return {
    names,
    selected: pairs.map(([field, column]) => `${column} as "${field}"`).join(', '),
    insert,
    from,
    upsert: (key, version) => {
      const rest = pairs.filter(([field]) => !key.includes(field as keyof Row));
      const changes = rest.map(([, column]) => `${column} = excluded.${column}`);
      const [number] = namesOf(version);
      return `${insert} on conflict (${namesOf(...key).join(', ')}) do update set ${changes.join(', ')}
        where ${table}.${number} < excluded.${number}`;
    },
    without: (...fields) =>
      columnsOf(
        table,
        pairs.filter(([field]) => !(fields as readonly string[]).includes(field)),
      ),
    json: (row) =>
      JSON.stringify(Object.fromEntries(pairs.map(([field, column]) => [column, row[field as keyof Row]]))),
  };
}
