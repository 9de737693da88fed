import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '#persistence';

export interface LongestWait {
  readonly ms: number;
  /** What waited, and what those who held it were doing: `<service>: <state>, <statement>`. */
  readonly waiting: string;
  readonly holding: readonly string[];
}

const everyMs = 250;
const nobody: LongestWait = { ms: 0, waiting: 'nothing', holding: [] };

/** Watches who waits for whose lock, until `goOn` returns false; returns the longest wait. */
export function watchLocks(adminUrl: string, goOn: () => boolean): Promise<LongestWait> {
  return withClient(adminUrl, async (client) => {
    let longest = nobody;
    for (; goOn(); await pause(everyMs)) {
      // waiting for an advisory lock is by design: streams, leaders, starts
      const { rows } = await client.query<LongestWait>(
        `select (extract(epoch from clock_timestamp() - l.waitstart) * 1000)::int as ms,
                a.application_name || ': ' || l.locktype || ', ' || left(a.query, 300) as waiting,
                array(select b.application_name || ': ' || b.state || ' since ' || (clock_timestamp() - b.xact_start)
                             || ', ' || coalesce(b.wait_event, '') || ', ' || left(b.query, 300)
                        from unnest(pg_blocking_pids(l.pid)) as p (pid) join pg_stat_activity as b using (pid)) as holding
           from pg_locks as l join pg_stat_activity as a using (pid)
          where not l.granted and l.locktype <> 'advisory'
          order by l.waitstart limit 1`,
      );
      const [found] = rows;
      if (found !== undefined && found.ms > longest.ms) longest = found;
    }
    return longest;
  });
}
