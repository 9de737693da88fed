import type pg from 'pg';
import { asFault } from '../faults.ts';
import { keepAlive, WatchedClient } from '../watched-client.ts';

const CONNECT_MS = 30_000;

/** How {@link withClient} is connected. */
export interface OwnClientOptions {
  /** How long the server may say nothing while a statement is under way; for ever unless told, as one may wait for a lock. */
  readonly silentMs?: number;
  readonly connectMs?: number;
  /** What the session is told at its start, as `-c name=value`. */
  readonly session?: string;
}

/**
 * One connection of its own for `work`, closed afterwards. Session locks live on such a one, never on a pooled one
 * (traps.md 36). Throws {@link Unavailable} when nobody answers.
 */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
  { silentMs = 0, connectMs = CONNECT_MS, session }: OwnClientOptions = {},
): Promise<T> {
  const client = new WatchedClient({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    silentMs,
    ...(session === undefined ? {} : { options: session }),
    ...keepAlive,
  });
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
