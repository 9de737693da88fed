import { keepAlive, sessionOptions, statement, WatchedClient } from '#persistence';
import { ResendLog } from '../resend/resend-log.ts';
import { startOfLog, type LogPlace } from './log-place.ts';
import { LogReader } from './log-reader.ts';

/**
 * A leader that is gone must lose its lock, even if nothing tells the server. So a leader sends heartbeats, and the
 * server ends a session that was silent for this long.
 */
const BEAT_MS = 5_000;
const gone = '-c idle_session_timeout=20000';
// Plans are made while the log is empty and then kept; only the index gives the order without sorting the table.
const indexOnly = '-c enable_seqscan=off -c enable_bitmapscan=off';
const CONNECT_MS = 5_000;
const SILENT_MS = 15_000;

const moveCheckpoint = statement(
  'move-checkpoint',
  `update relay_checkpoint set xid = $1::xid8, position = $2::bigint, highest = greatest(highest, $3::bigint)
    where name = 'log' and (xid, position) < ($1::xid8, $2::bigint)`,
);

/**
 * A connection outside the pool, in the service's schema. Not pooled, because a lock lives as long as its connection
 * (traps.md 36).
 */
export async function openRelayClient(url: string, service: string, role: string): Promise<WatchedClient> {
  const client = new WatchedClient({
    connectionString: url,
    application_name: `${service} ${role}`,
    options: `${sessionOptions(service)} ${gone} ${indexOnly}`,
    connectionTimeoutMillis: CONNECT_MS,
    silentMs: SILENT_MS,
    ...keepAlive,
  });
  // A broken connection fails the current or the next query; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * The relay's own connection. It holds the lock that makes it the service's only relay, and reads and writes the log and
 * the checkpoint.
 */
export class Leadership {
  readonly log: LogReader;
  readonly resends: ResendLog;
  private readonly beat: NodeJS.Timeout;

  private constructor(
    private readonly client: WatchedClient,
    private readonly service: string,
  ) {
    this.log = new LogReader(client);
    this.resends = new ResendLog(client);
    // The relay may wait long for its publisher's answer, and sends no query meanwhile.
    this.beat = setInterval(() => {
      if (client.free) client.query('select').catch(() => undefined);
    }, BEAT_MS);
    this.beat.unref();
  }

  static async open(url: string, service: string): Promise<Leadership> {
    return new Leadership(await openRelayClient(url, service, 'relay'), service);
  }

  /** True for one connection at a time, until that connection ends. */
  async tryLock(): Promise<boolean> {
    const { rows } = await this.client.query<{ locked: boolean }>(
      `select pg_try_advisory_lock(hashtextextended($1, 0)) as locked`,
      [`relay ${this.service}`],
    );
    return rows[0]?.locked === true;
  }

  /** The place up to which everything is sent. Throws when the connection is gone. */
  async checkpoint(): Promise<LogPlace> {
    const { rows } = await this.client.query<LogPlace>(
      `select xid::text as xid, position::text as position from relay_checkpoint where name = 'log'`,
    );
    return rows[0] ?? startOfLog;
  }

  /**
   * Written on the lock's own connection, so a relay that lost the lock cannot write it (traps.md 37). Never moves
   * backwards.
   */
  async moveCheckpoint(to: LogPlace, highest: string): Promise<void> {
    await this.client.query({ ...moveCheckpoint, values: [to.xid, to.position, highest] });
  }

  /**
   * Creates the checkpoint, and detects a log that was restored into another server. On the new server transaction ids
   * start again: with the old ids nothing old would be readable, and everything new would count as sent (traps.md 40).
   * Sent events get the first id and unsent ones the second; within a stream positions rise with versions, so the order
   * stays. Events appended on the new server already have higher positions than all restored ones.
   */
  async adopt(): Promise<void> {
    const { rows } = await this.client.query<{ here: string; server: string | null }>(
      `select system_identifier::text as here, (select server from relay_checkpoint where name = 'log') as server
       from pg_control_system()`,
    );
    const { here, server } = rows[0] ?? { here: '', server: null };
    if (server === here) return;
    if (server === null) {
      await this.client.query(
        `insert into relay_checkpoint (name, xid, position, highest, server) values ('log', '0', 0, 0, $1) on conflict do nothing`,
        [here],
      );
      return;
    }
    this.client.allowSilence(RENUMBER_MS);
    await this.client.query(renumberText, [here]);
    this.client.allowSilence(SILENT_MS);
  }

  /**
   * Stored answers are kept for 7 days (contract.md §1). `before` is an instant; a few thousand are deleted at a time,
   * each batch in its own commit.
   */
  async forgetAnswers(before: string): Promise<void> {
    const some = `delete from idempotency where ctid in
      (select ctid from idempotency where stored_at < $1 order by stored_at limit 5000)`;
    while (((await this.client.query(some, [before])).rowCount ?? 0) === 5000);
  }

  async close(): Promise<void> {
    clearInterval(this.beat);
    await this.client.end().catch(() => undefined);
  }
}

/** This rewrites the whole log once, so it gets a longer timeout. */
const RENUMBER_MS = 60 * 60 * 1000;

const renumberText = `with old as (select xid, position, highest from relay_checkpoint where name = 'log'),
    renumbered as (
      update event set xid = (case when (event.xid, event.position) <= (old.xid, old.position)
        and event.position <= old.highest then '1' else '2' end)::xid8
      from old),
    -- Its places belong to the old server: it starts again, and readers skip what they have handled.
    resent as (
      update resend set xid = '0', position = 0, end_xid = '1', end_position = 9223372036854775807 where state = 'running')
  update relay_checkpoint set xid = '1', position = 9223372036854775807, server = $1 where name = 'log'`;
