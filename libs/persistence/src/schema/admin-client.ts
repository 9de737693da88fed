import type pg from 'pg';
import { asFault } from '../faults.ts';
import { keepAlive, WatchedClient } from '../watched-client.ts';

const CONNECT_MS = 30_000;

/** The connection options of {@link withClient}. */
export interface OwnClientOptions {
  /**
   * How long the server may be silent while a statement runs; by default without limit, because a statement may wait for
   * a lock.
   */
  readonly silentMs?: number;
  readonly connectMs?: number;
  /** Session settings, as `-c name=value`. */
  readonly session?: string;
}

/**
 * Opens a separate connection for `work` and closes it afterwards. Session locks need such a connection, never a pooled
 * one (traps.md 36). Throws {@link Unavailable} if the database does not answer.
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
  // without a listener a broken connection would end the process; the current query fails and reports it
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
    // it ends with the connection, even if this process dies
    return work(client);
  });
}
