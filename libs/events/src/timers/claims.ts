import type { InstantText } from '#contracts';
import { statement, type NamedSql } from '#persistence';
import { OwnConnection, type OwnClient } from '../own-connection.ts';
import { atOnce, type DueTimer } from './timer.ts';

const STATEMENT_MS = 10_000;
/** A worker that is silent for this long is gone, whatever its connection looks like. */
const GONE_MS = 60_000;

// If a pause ends further ahead than it is long, a clock was ahead when it was set: the pause is over.
const due = `parked_at is null and (next_at <= $1::timestamptz
  or (pause_ms is not null and next_at > $1::timestamptz + pause_ms * interval '1 millisecond'))`;
const columns = `kind, key, subject, payload, attempts, place::text, pause_ms as "pausedMs",
  coalesce(to_char(case when isfinite(due_at) then due_at at time zone 'UTC' end, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '${atOnce}') as "dueAt"`;

const look = statement(
  'timers-due',
  `select key from (select key, due_at, place from timer
      where kind = any($2::text[]) and key <> all($4::text[]) and ${due}
      order by due_at, place limit $3::int) d
    group by key order by min(due_at), min(place)`,
);
const lock = statement(
  'timers-lock',
  `select key, pg_try_advisory_lock(hashtextextended(current_schema() || ' timers ' || key, 45)) as locked
    from unnest($1::text[]) as key`,
);
// Skip timers that a command is moving or settling: they have no order to keep (traps.md 39).
const read = statement(
  'timers-read',
  `select ${columns} from timer where kind = any($2::text[]) and key = any($4::text[]) and ${due}
    order by due_at, place limit $3::int for share skip locked`,
);
const unlock = statement(
  'timers-unlock',
  `select pg_advisory_unlock(hashtextextended(current_schema() || ' timers ' || key, 45))
    from unnest($1::text[]) as key`,
);
const finish = statement('timer-finish', 'delete from timer where kind = $1 and subject = $2 and place = $3');
const postpone = statement(
  'timer-postpone',
  `update timer set attempts = $4::int, next_at = $5, pause_ms = $6::int, parked_at = $7, reason = $8
    where kind = $1 and subject = $2 and place = $3`,
);

export interface Wanted {
  readonly now: InstantText;
  readonly kinds: readonly string[];
  readonly limit: number;
}

export interface Postponed {
  readonly attempts: number;
  readonly nextAt: InstantText;
  readonly pauseMs: number;
  readonly parkedAt: InstantText | null;
  readonly reason: string;
}

/**
 * The streams whose timers we hold, and these timers. A claim is a lock of our own connection: it ends with the
 * connection. All writes about a timer use that connection, so a worker that has lost the claim can write nothing.
 */
export class Claim {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: OwnClient,
    /** The connections among them that have ended. */
    private readonly ended: WeakSet<OwnClient>,
    readonly timers: readonly DueTimer[],
  ) {}

  get holds(): boolean {
    return !this.ended.has(this.client);
  }

  /** Removes a fired timer that did not settle itself. */
  finish({ kind, subject, place }: DueTimer): Promise<void> {
    return this.write({ ...finish, values: [kind, subject, place] });
  }

  /** Postpones a failed timer. */
  postpone({ kind, subject, place }: DueTimer, to: Postponed): Promise<void> {
    const values = [kind, subject, place, to.attempts, to.nextAt, to.pauseMs, to.parkedAt, to.reason];
    return this.write({ ...postpone, values });
  }

  giveBack(keys: readonly string[]): Promise<void> {
    return this.write({ ...unlock, values: [keys] });
  }

  /** One after the other: streams fire in parallel, but a connection does one thing at a time (traps.md 45). */
  private write(command: NamedSql & { values: unknown[] }): Promise<void> {
    const written = this.last.then(async () => void (await this.client.query(command)));
    this.last = written.catch(() => undefined);
    return written;
  }
}

/** Claims due timers for one worker, on a connection of its own (traps.md 36). */
export class TimerClaims {
  private readonly ended = new WeakSet<OwnClient>();
  private readonly connection: OwnConnection;

  constructor(url: string, service: string) {
    this.connection = new OwnConnection(url, { statementMs: STATEMENT_MS, goneMs: GONE_MS }, async (client) => {
      client.once('end', () => this.ended.add(client));
      client.once('error', () => this.ended.add(client));
      await client.query(`select set_config('search_path', $1, false)`, [service]);
    });
  }

  /** Due timers of these kinds, in order, of streams that nobody else holds. */
  async take(wanted: Wanted): Promise<Claim> {
    const client = await this.connection.client();
    try {
      return new Claim(client, this.ended, await taken(client, wanted));
    } catch (error) {
      // After a failure we do not know which locks we got.
      this.connection.drop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

async function taken(client: OwnClient, { now, kinds, limit }: Wanted): Promise<readonly DueTimer[]> {
  const elsewhere: string[] = [];
  for (;;) {
    const found = await client.query<{ key: string }>({ ...look, values: [now, kinds, limit, elsewhere] });
    const keys = found.rows.map((row) => row.key);
    if (keys.length === 0) return [];
    const tried = await client.query<{ key: string; locked: boolean }>({ ...lock, values: [keys] });
    const ours = tried.rows.filter((row) => row.locked).map((row) => row.key);
    elsewhere.push(...tried.rows.filter((row) => !row.locked).map((row) => row.key));
    if (ours.length === 0) continue;
    // Read them again after the claim: the previous holder may have fired the timers that we saw.
    const timers = await client.query<DueTimer>({ ...read, values: [now, kinds, limit, ours] });
    const needed = new Set(timers.rows.map((timer) => timer.key));
    const idle = ours.filter((key) => !needed.has(key));
    if (idle.length > 0) await client.query({ ...unlock, values: [idle] });
    elsewhere.push(...idle);
    if (timers.rows.length > 0) return timers.rows;
  }
}
