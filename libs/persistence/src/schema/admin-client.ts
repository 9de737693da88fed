import pg from 'pg';
import { asFault } from '../faults.ts';

const CONNECT_MS = 30_000;

/**
 * One connection of its own for `work`, closed afterwards. Session locks live on such a one, never on a pooled one
 * (traps.md 36). Throws {@link Unavailable} when nobody answers.
 */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  // Without a listener a cut connection would end the process; the query in hand fails and tells.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw asFault(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs `work` while no other process holds the same lock in this database; waits for its turn. */
export async function withAdvisoryLock<T>(
  url: string,
  name: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return withClient(url, async (client) => {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    // Ends with the connection, so also when this process dies.
    return work(client);
  });
}
