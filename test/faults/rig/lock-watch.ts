import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '#persistence';

const everyMs = 250;

/** Watches who waits for whose lock, until `goOn` returns false; returns the longest wait in milliseconds. */
export function watchLocks(adminUrl: string, goOn: () => boolean): Promise<number> {
  return withClient(adminUrl, async (client) => {
    let longest = 0;
    for (; goOn(); await pause(everyMs)) {
      // waiting for an advisory lock is by design: streams, leaders, starts
      const { rows } = await client.query<{ ms: number | null }>(
        `select max(extract(epoch from clock_timestamp() - waitstart) * 1000)::int as ms
           from pg_locks where not granted and locktype <> 'advisory'`,
      );
      longest = Math.max(longest, rows[0]?.ms ?? 0);
    }
    return longest;
  });
}
