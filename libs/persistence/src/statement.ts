/** SQL with a name: PostgreSQL plans it once per connection, which halves the time of a hot read (traps.md 47). */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** PostgreSQL silently cuts longer names, so two of them could become the same. */
const LONGEST_NAME = 63;

const made = new Map<string, Statement>();

/**
 * Makes a {@link Statement}. The name must be unique in the service: the driver rejects the same name with another text.
 * Throws for an empty name or one longer than 63 bytes.
 */
export function statement(name: string, text: string): Statement {
  const bytes = Buffer.byteLength(name);
  if (bytes === 0 || bytes > LONGEST_NAME) {
    throw new Error(`the statement name "${name}" has ${bytes} bytes; 1 to ${LONGEST_NAME} are allowed`);
  }
  const fresh = { name, text };
  made.set(`${name}\0${text}`, fresh);
  return fresh;
}

/** Every statement that this process has made so far: a test lets PostgreSQL describe each of them. */
export function statementsMade(): readonly Statement[] {
  return [...made.values()];
}
