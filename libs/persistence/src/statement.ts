import type { Declarable, DescribedStatements, RowOf } from './described.ts';

/** SQL with a name: PostgreSQL plans it once per connection, which halves the time of a hot read (traps.md 47). */
export interface NamedSql {
  readonly name: string;
  readonly text: string;
}

/** A statement with the types of its values and rows; `described` exists for the compiler only. */
export interface Statement<Values extends readonly unknown[], Row> extends NamedSql {
  readonly described?: { readonly values: Values; readonly row: Row };
}

/** The values of a statement, for code that passes them on. */
export type ValuesOf<Named> = Named extends Statement<infer Values, unknown> ? Values : never;

/** A statement that PostgreSQL has described, whose rows may be read with narrower types: ids, codes, documents. */
export interface DescribedStatement<Values extends readonly unknown[], Columns> extends Statement<
  Values,
  RowOf<Columns>
> {
  /** Says how rows are read. Does not compile if a column does not exist or forgets that it may be null. */
  reads<Row extends Declarable<Columns, Row>>(): Statement<Values, Row>;
}

/** A statement that PostgreSQL has not described yet, or whose name tells the compiler nothing. */
export interface ComposedStatement extends NamedSql {
  readonly described?: never;
}

/** What `statement` makes for a name. */
export type StatementNamed<Name extends string> = Name extends keyof DescribedStatements
  ? DescribedStatement<DescribedStatements[Name]['parameters'], DescribedStatements[Name]['row']>
  : ComposedStatement;

/** PostgreSQL silently cuts longer names, so two of them could become the same. */
const LONGEST_NAME = 63;

const made = new Map<string, NamedSql>();

/**
 * Makes a statement. The name must be unique in the repository: the driver rejects the same name with another
 * text, and the compiler knows parameters and rows by it. Throws for an empty name or one longer than 63 bytes.
 */
export function statement<Name extends string>(name: Name, text: string): StatementNamed<Name> {
  const bytes = Buffer.byteLength(name);
  if (bytes === 0 || bytes > LONGEST_NAME) {
    throw new Error(`the statement name "${name}" has ${bytes} bytes; 1 to ${LONGEST_NAME} are allowed`);
  }
  const fresh = { name, text, reads: () => fresh };
  made.set(`${name}\0${text}`, fresh);
  return fresh as unknown as StatementNamed<Name>;
}

/** Every statement that this process has made so far: a test lets PostgreSQL describe each of them. */
export function statementsMade(): readonly NamedSql[] {
  return [...made.values()];
}
