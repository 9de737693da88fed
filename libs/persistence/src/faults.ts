/**
 * The database is unavailable, has no free connection, no space, or took longer than allowed. Nothing is wrong with the
 * command, and it may be sent again. HTTP answers 503; a consumer stops and comes back. After a lost answer to `commit`
 * the work may have been done: Idempotency-Key and inbox make the repeat harmless.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';

  constructor(cause: unknown) {
    super(`the database is not available: ${messageOf(cause)}`, { cause });
  }
}

/** SQLSTATE classes and codes of a database that cannot serve now. */
const AWAY = [
  /^08/, // connection exception
  /^53/, // insufficient resources: disk full, out of memory, too many connections
  /^57P0[1-5]$/, // shutdown, crash, cannot connect now, database dropped, idle session
  /^57014$/, // query cancelled: our statement_timeout
  /^25P03$/, // our idle_in_transaction_session_timeout
  /^55P03$/, // lock not available
  /^58/, // system error: I/O
];

/** A deadlock or serialization failure: the same work, repeated, succeeds (traps.md, architecture.md §4.9). */
const MET = /^(40001|40P01)$/;

const NETWORK = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENETDOWN ENOTFOUND EAI_AGAIN ENOENT'.split(
    ' ',
  ),
);

/** Errors of pg and pg-pool that have no code. */
const WORDS =
  /connection terminated|timeout exceeded when trying to connect|timeout expired|connection error and is not queryable|client was closed|query read timeout|end on the pool/i;

/** `unavailable`: try later. `met`: deadlock or serialization failure, retry immediately. `other`: a bug or a constraint. */
export type DatabaseFault = 'unavailable' | 'met' | 'other';

/** Classifies an error that a query threw, however deeply TypeORM wrapped it. */
export function databaseFault(error: unknown): DatabaseFault {
  if (error instanceof Unavailable) return 'unavailable';
  const code = codeOf(error);
  if (code !== undefined) {
    if (MET.test(code)) return 'met';
    if (NETWORK.has(code) || AWAY.some((pattern) => pattern.test(code))) return 'unavailable';
  }
  const cause = inner(error);
  if (cause !== undefined) return databaseFault(cause);
  return code === undefined && WORDS.test(messageOf(error)) ? 'unavailable' : 'other';
}

/** The database refused a row because of this unique index: its value is taken. */
export function violates(error: unknown, uniqueIndex: string): boolean {
  if (codeOf(error) === '23505' && constraintOf(error) === uniqueIndex) return true;
  const cause = inner(error);
  return cause !== undefined && violates(cause, uniqueIndex);
}

/** The error itself, or {@link Unavailable} around it. */
export function asFault(error: unknown): unknown {
  if (error instanceof Unavailable || databaseFault(error) !== 'unavailable') return error;
  return new Unavailable(error);
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function constraintOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'constraint' in error ? error.constraint : undefined;
}

function inner(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('driverError' in error && error.driverError !== undefined && error.driverError !== error)
    return error.driverError;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0] as unknown;
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
