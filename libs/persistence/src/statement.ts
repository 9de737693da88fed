/** SQL with a name: PostgreSQL plans it once a connection, which halves the time of a hot read (traps.md 47). */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** PostgreSQL cuts longer names without a word, so two of them could meet. */
const LONGEST_NAME = 63;

/**
 * Makes a {@link Statement}. The name must be one of its own in the service: the same name with another text is refused
 * by the driver. Throws for an empty name or one longer than 63 bytes.
 */
export function statement(name: string, text: string): Statement {
  const bytes = Buffer.byteLength(name);
  if (bytes === 0 || bytes > LONGEST_NAME) {
    throw new Error(`the statement name "${name}" has ${bytes} bytes; 1 to ${LONGEST_NAME} are allowed`);
  }
  return { name, text };
}
