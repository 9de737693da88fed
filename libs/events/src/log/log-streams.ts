import { statement, type Tx } from '#persistence';
import type { OutgoingMessage } from '../messages.ts';
import { eventColumns, messageOf, type LoggedRow } from './logged-event.ts';

/** A place among the streams of a log: up to this version of this stream, and all streams whose keys sort before it. */
export interface StreamPlace {
  readonly key: string;
  readonly version: number;
}

/** Before the first stream. */
export const startOfStreams: StreamPlace = { key: '', version: 0 };

/** Behind the last event that a stream can ever have. */
export const wholeStream = 2_147_483_647;

// A stream's versions become readable in order, because a command holds its stream until it has committed. So the result
// is always a gapless beginning of each stream, and this query need not wait for running transactions as the relay must.
const readStreams = statement(
  'log streams',
  `select ${eventColumns} from event e where (e.stream_key, e.stream_version) > ($1, $2::int)
    order by e.stream_key, e.stream_version limit $3::int`,
).reads<LoggedRow>();

/** Reads the log stream by stream, each in the order of its versions: at most `limit` events after a place. */
export async function logAfter(tx: Tx, after: StreamPlace, limit: number): Promise<readonly OutgoingMessage[]> {
  const rows = await tx.query(readStreams, [after.key, after.version, limit]);
  return rows.map(messageOf);
}
