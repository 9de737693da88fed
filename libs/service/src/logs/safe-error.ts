/** An error in a form that may be logged: messages of a driver or parser quote values, which may be client data. */
export interface SafeError {
  readonly name: string;
  readonly message?: string;
  readonly code?: string;
  /** For a database error: names of the schema, no values. */
  readonly constraint?: string;
  readonly table?: string;
  readonly at: readonly string[];
  readonly cause?: SafeError;
}

const deepestCause = 3;

/** Within a request any message may quote the input: then only the place is logged, and `words` are `dropped`. */
export function safeError(error: unknown, words: 'kept' | 'dropped' = 'kept', depth = 0): SafeError {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const known = error as Error & { code?: unknown; driverError?: unknown; constraint?: unknown; table?: unknown };
  const cause = known.driverError ?? known.cause;
  return {
    name: error.name,
    ...(words === 'dropped' || quotesValues(known) ? {} : { message: error.message }),
    ...texts({ code: known.code, constraint: known.constraint, table: known.table }),
    at: framesOf(error),
    ...(cause === undefined || depth === deepestCause ? {} : { cause: safeError(cause, words, depth + 1) }),
  };
}

// SQLSTATE codes have 5 characters; SyntaxErrors come from JSON.parse, which quotes what it could not read.
function quotesValues(error: Error & { code?: unknown; driverError?: unknown }): boolean {
  return (
    error instanceof SyntaxError ||
    error.driverError !== undefined ||
    (typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code))
  );
}

function framesOf(error: Error): readonly string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim().slice(3));
}

function texts(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).filter((each): each is [string, string] => typeof each[1] === 'string'),
  );
}
