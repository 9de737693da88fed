import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { PoolClient } from 'pg';
import { asFault, databaseFault } from './faults.ts';
import { beginIn, useScopeStatement, useScopeValues } from './scope.ts';
import type { Scope } from './scope.ts';
import type { ComposedStatement, NamedSql, Statement } from './statement.ts';

/** One transaction on one connection. Run one query after the other, never two in parallel (traps.md 45). */
export interface Tx {
  /**
   * Values and rows have the types that PostgreSQL gives the statement's name. Prepared once per connection. Throws
   * {@link Unavailable}, or the driver's error with its SQLSTATE in `code`.
   */
  query<Values extends readonly unknown[], Row>(...asked: QueryArguments<Values, Row>): Promise<readonly Row[]>;
  /** For a statement whose types the compiler does not know. */
  query<Row extends object>(statement: ComposedStatement, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** From here on the transaction reads and writes with `scope`. */
  useScope(scope: Scope): Promise<void>;
  /** Runs once the commit is durable and the connection is free again; never after a rollback. */
  afterCommit(run: () => void): void;
  /** Repositories of plain records; an injected repository would write outside the transaction (traps.md 44). */
  readonly manager: EntityManager;
}

/** A statement and its values, which are left out if it has none. */
export type QueryArguments<Values extends readonly unknown[], Row> = [
  statement: Statement<Values, Row>,
  ...values: Values extends readonly [] ? [] : [values: NoInfer<Values>],
];

/** The only way to write: begin with the scope, work, commit; rollback on any error. */
export class UnitOfWork {
  private readonly dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Runs `work` in a transaction with `scope` and returns its result. Throws what `work` throws, {@link Unavailable} if
   * the database cannot serve, and an Error if `work` swallowed a failed statement, because then nothing is stored.
   */
  async run<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const after: (() => void)[] = [];
    const runner = this.dataSource.createQueryRunner();
    const result = await inTransaction(runner, scope, (client) =>
      work({
        query: (statement: NamedSql, values?: readonly unknown[]) => runNamed(client, statement, values),
        useScope: async (next) => void (await runNamed(client, useScopeStatement, useScopeValues(next))),
        afterCommit: (run) => void after.push(run),
        manager: runner.manager,
      }),
    );
    after.forEach(runAfterwards);
    return result;
  }
}

async function inTransaction<T>(
  runner: QueryRunner,
  scope: Scope,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  let client: PoolClient | undefined;
  try {
    client = (await runner.connect()) as PoolClient;
    await client.query(beginIn(scope));
    // TypeORM did not open this transaction: we tell it, so that it nests with savepoints instead of committing ours
    // early.
    Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
    const result = await work(client);
    await commit(client);
    return result;
  } catch (error) {
    if (client !== undefined) await rollback(client, error);
    throw asFault(error);
  } finally {
    await runner.release();
  }
}

/** PostgreSQL answers the commit of a failed transaction with a silent ROLLBACK. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new Error('a statement failed and its error was swallowed: nothing was stored');
}

async function rollback(client: PoolClient, cause: unknown): Promise<void> {
  const broken = databaseFault(cause) === 'unavailable' && !isStatementFault(cause);
  const undone = !broken && (await settles(client.query('rollback')));
  // the pool drops a connection that is ending, because its state is unknown
  if (!undone) void settles(Promise.resolve(client.end()));
}

/** The server answered and is still there: a cancelled statement, a lock, no space. The connection is usable. */
function isStatementFault(error: unknown): boolean {
  const code = asObject(error)?.code ?? asObject(asObject(error)?.cause)?.code;
  return typeof code === 'string' && /^(53100|53200|57014|55P03)$/.test(code);
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

async function settles(promise: Promise<unknown>): Promise<boolean> {
  try {
    await promise;
    return true;
  } catch {
    return false;
  }
}

/** The rows are what the statement's type says, which is checked elsewhere: here they fit every type. */
async function runNamed(
  client: PoolClient,
  statement: NamedSql,
  values: readonly unknown[] = [],
): Promise<readonly never[]> {
  try {
    const { rows } = await client.query<never>({ name: statement.name, text: statement.text, values: [...values] });
    return rows;
  } catch (error) {
    throw asFault(error);
  }
}

/** The commit is done whatever happens here, so an error is reported and not thrown at the caller. */
function runAfterwards(run: () => void): void {
  try {
    run();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error), 'AfterCommitWarning');
  }
}
