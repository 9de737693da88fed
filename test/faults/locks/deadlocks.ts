import { withClient } from '#persistence';

/** How often PostgreSQL had to end a transaction of this database because of a deadlock. */
export function deadlocksIn(adminUrl: string): Promise<number> {
  return withClient(adminUrl, async (client) => {
    // each backend reports to the counters when it is idle: first ours, then we read the others' again
    await client.query('select pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ deadlocks: string }>(
      'select deadlocks::text from pg_stat_database where datname = current_database()',
    );
    return Number(rows[0]?.deadlocks);
  });
}
