/**
 * What PostgreSQL says about each named statement. The generated files `described-statements.ts` add a member for each;
 * test/contracts/statements compares them with the migrated schema.
 */
export interface DescribedStatements {
  'use scope': {
    parameters: [text: Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>];
    row: object;
  };
}

/** A parameter. PostgreSQL does not know whether it may be null, so it may. */
export type Sent<Type> = Type | null;

/** A column that is computed or joined: only its reader knows whether it can be null. */
export interface Computed<Type> {
  readonly computed: Type;
}

/** How a row is read if its reader says nothing more: what is computed may be null. */
export type RowOf<Columns> = {
  readonly [Name in keyof Columns]: Columns[Name] extends Computed<infer Type> ? Type | null : Columns[Name];
};

/**
 * What the columns of a declared row may be. Its types may be narrower than PostgreSQL's: ids, codes, documents. A column
 * that is not there, and one that forgets null, has a type that nothing fits and that says why.
 */
export type Declarable<Columns, Row> = {
  readonly [Name in keyof Row]: Name extends keyof Columns
    ? DeclarableColumn<Columns[Name], Row[Name]>
    : 'the statement returns no such column';
};

type DeclarableColumn<Described, Declared> = unknown extends Described
  ? Declared
  : [Described] extends [Computed<infer Type>]
    ? unknown extends Type
      ? Declared
      : Type | null
    : null extends Described
      ? null extends Declared
        ? Described
        : 'this column may be null'
      : Described | null;
