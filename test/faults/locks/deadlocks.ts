import { withClient } from '#persistence';

/** How often PostgreSQL itself had to end a transaction of this database because it stood in a circle with others. */
export function deadlocksIn(adminUrl: string): Promise<number> {
  return withClient(adminUrl, async (client) => {
    // Each backend tells the counters when it is idle: ours first, and what the others told is read anew.
    await client.query('select pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ deadlocks: string }>(
      'select deadlocks::text from pg_stat_database where datname = current_database()',
    );
    return Number(rows[0]?.deadlocks);
  });
}
