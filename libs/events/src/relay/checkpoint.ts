import type { InstantText } from '#contracts';
import { statement, type Tx } from '#persistence';
import { startOfLog, type LogPlace } from './log-place.ts';

/** How far a service's log has been sent, by whichever process leads its relay. */
export interface RelayCheckpoint {
  /** Everything up to here is sent. */
  readonly place: LogPlace;
  /** When the first event after it happened, readable or not; null if everything is sent. */
  readonly oldestUnsentAt: InstantText | null;
}

interface Row extends LogPlace {
  readonly oldestUnsentAt: InstantText | null;
}

// the columns are qualified, because as text 10 sorts before 9 (traps.md 33)
const checkpointStatement = statement(
  'relay-checkpoint',
  `select c.xid::text as xid, c.position::text as position, unsent.at as "oldestUnsentAt"
     from (values ('log')) as known (name)
     left join relay_checkpoint as stored using (name)
     cross join lateral (select coalesce(stored.xid, '0'::xid8) as xid, coalesce(stored.position, 0) as position) as c
     left join lateral (select e.at from event e where (e.xid, e.position) > (c.xid, c.position)
                         order by e.xid, e.position limit 1) as unsent on true`,
).reads<Row>();

/** The stored checkpoint; the start of the log if no relay has run yet. */
export async function relayCheckpoint(tx: Tx): Promise<RelayCheckpoint> {
  const [row] = await tx.query(checkpointStatement);
  if (row === undefined) return { place: startOfLog, oldestUnsentAt: null };
  return { place: { xid: row.xid, position: row.position }, oldestUnsentAt: row.oldestUnsentAt };
}
