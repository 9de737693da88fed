/** Longer ones are cut: a reason is read on a screen. */
const LONGEST = 300;

/**
 * Why something failed, in words that may be stored and shown to people who may not see clients. A database's message and
 * that of a JSON parser may quote the very value that they choked on, so of these only the code and the name of the
 * rule are kept.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an error that is none';
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
