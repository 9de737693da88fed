import pg from 'pg';
import type { NamedSql } from '#persistence';

/** A column of a statement's rows. `nulls`: whether PostgreSQL knows that it can or cannot be null. */
export interface DescribedColumn {
  readonly name: string;
  /** The name of the type in pg_type: `uuid`, `_text` for text[]. */
  readonly type: string;
  readonly nulls: 'never' | 'sometimes' | 'unknown';
}

export interface Description {
  readonly parameters: readonly string[];
  readonly columns: readonly DescribedColumn[];
}

/** The part of pg's connection that sends the messages of the extended protocol. */
interface Wire {
  parse(statement: { name: string; text: string; types: readonly number[] }, more: boolean): void;
  describe(what: { type: 'S'; name: string }, more: boolean): void;
  sync(): void;
  once(event: 'parameterDescription', listener: (message: { dataTypeIDs: readonly number[] }) => void): void;
}

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
  readonly tableID: number;
  readonly columnID: number;
}

/** Prepares a statement and asks for its types without running it. pg calls these methods as the answers arrive. */
class Preparation implements pg.Submittable {
  readonly done: Promise<{ readonly parameters: readonly number[]; readonly fields: readonly Field[] }>;
  private parameters: readonly number[] = [];
  private fields: readonly Field[] = [];
  private readonly settled = Promise.withResolvers<Awaited<Preparation['done']>>();

  constructor(private readonly statement: NamedSql) {
    this.done = this.settled.promise;
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    wire.once('parameterDescription', ({ dataTypeIDs }) => (this.parameters = dataTypeIDs));
    wire.parse({ ...this.statement, types: [] }, true);
    wire.describe({ type: 'S', name: this.statement.name }, true);
    wire.sync();
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.fields = fields;
  }

  handleError(error: Error): void {
    this.settled.reject(error);
  }

  handleReadyForQuery(): void {
    this.settled.resolve({ parameters: this.parameters, fields: this.fields });
  }
}

const typesAndNulls = `select coalesce(json_object_agg(oid, typname), '{}') as types,
    (select coalesce(json_object_agg(attrelid || '.' || attnum, attnotnull), '{}') from pg_attribute
      where attrelid = any ($2::oid[]) and attnum > 0) as required
  from pg_type where oid = any ($1::oid[])`;

/** The other side of an outer join is null where nothing matches, whatever its table says. */
const outerJoin = /\b(left|right|full)\s+(outer\s+)?join\b|\bgrouping\s+sets\b|\brollup\b|\bcube\b/i;

/**
 * What PostgreSQL says about a statement on this connection. It is prepared and planned, but not run: preparing finds a
 * wrong table, column or type, and only the plan's start checks the rights of the role. Throws PostgreSQL's error.
 */
export async function describeStatement(client: pg.Client, statement: NamedSql): Promise<Description> {
  const { parameters, fields } = await client.query(new Preparation(statement)).done;
  const values = parameters.length === 0 ? '' : `(${parameters.map(() => 'null').join(', ')})`;
  await client.query(`explain execute ${pg.escapeIdentifier(statement.name)}${values}`);
  await client.query(`deallocate ${pg.escapeIdentifier(statement.name)}`);
  const { rows } = await client.query<{ types: Record<string, string>; required: Record<string, boolean> }>(
    typesAndNulls,
    [[...parameters, ...fields.map((field) => field.dataTypeID)], fields.map((field) => field.tableID)],
  );
  const known = rows[0] ?? { types: {}, required: {} };
  const mayBeJoined = outerJoin.test(statement.text);
  const nullsOf = ({ tableID, columnID }: Field): DescribedColumn['nulls'] => {
    const required = known.required[`${tableID}.${columnID}`];
    if (required === undefined) return 'unknown';
    if (!required) return 'sometimes';
    return mayBeJoined ? 'unknown' : 'never';
  };
  return {
    parameters: parameters.map((oid) => known.types[oid] ?? `${oid}`),
    columns: fields.map((field) => ({
      name: field.name,
      type: known.types[field.dataTypeID] ?? `${field.dataTypeID}`,
      nulls: nullsOf(field),
    })),
  };
}
