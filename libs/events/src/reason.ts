/** Longer reasons are cut: people read them on a screen. */
const LONGEST = 300;

/**
 * Says why something failed, in words that may be stored and shown to people who may not see client data. An error message
 * of a database or a JSON parser may quote the value that caused it. So we keep only the error code and the names of the
 * table and the constraint.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value is not an Error';
  const database = databaseRule(error) ?? databaseRule(error.cause);
  if (database !== undefined) return database;
  if (error instanceof SyntaxError) return 'SyntaxError: not JSON';
  return `${error.name}: ${error.message}`.slice(0, LONGEST);
}

function databaseRule(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('severity' in error) || !('code' in error)) return undefined;
  const { code, table, constraint } = error as Partial<Record<'code' | 'table' | 'constraint', string>>;
  return ['PostgreSQL', code, table, constraint].filter((each) => each !== undefined).join(' ');
}
