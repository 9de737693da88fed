import type { InstantText } from '#contracts';
import { instantText, statement } from '#persistence';
import type pg from 'pg';
import { eventColumns, instantOf, messageOf, type LoggedRow } from '../log/logged-event.ts';
import type { OutgoingMessage } from '../messages.ts';
import type { LogPlace } from './log-place.ts';
import { inVersionOrder, sendable, type Versioned } from './page-order.ts';

/** An event of the log in the form in which it is sent, with its place. */
interface LoggedEvent extends LogPlace, Versioned {
  readonly at: InstantText;
  readonly message: OutgoingMessage;
}

/** Events to send in this order; after they are sent, everything up to `end` is sent. */
export interface Page {
  readonly messages: readonly OutgoingMessage[];
  readonly end: LogPlace;
  /** The largest position among them. */
  readonly highest: string;
  /** When the first of them happened. */
  readonly since: InstantText;
  /** More events may be readable after it. */
  readonly full: boolean;
}

interface EventRow extends LoggedRow, LogPlace {
  readonly early: boolean;
}

// Read only behind the oldest running transaction of the whole server: whatever commits later has a later place. The
// columns are qualified, because `order by xid` alone would sort the text of the output column: 10 before 9 (traps.md
// 33).
const pageWhere = (bound: string): string => `select e.xid::text as xid, e.position::text as position, ${eventColumns},
    exists (select 1 from event p where p.stream_key = e.stream_key and p.stream_version = e.stream_version - 1
      and (p.xid, p.position) > (e.xid, e.position)) as early
  from event e
  where (e.xid, e.position) > ($1::xid8, $2::bigint) and ${bound}
  order by e.xid, e.position limit $3`;
const readPage = statement('log-page', pageWhere('e.xid < pg_snapshot_xmin(pg_current_snapshot())'));
const readPageUntil = statement('log-page-until', pageWhere('(e.xid, e.position) <= ($4::xid8, $5::bigint)'));

const readHighest = statement(
  'log-highest',
  `select e.xid::text as xid, e.position::text as position from event e
  order by e.xid desc, e.position desc limit 1`,
);

const readOldestAfter = statement(
  'log-oldest',
  `select e.at::text as at from event e
  where (e.xid, e.position) > ($1::xid8, $2::bigint) order by e.xid, e.position limit 1`,
);

const readIsSent = statement(
  'log-is-sent',
  `select (c.xid, c.position) >= ($1::xid8, $2::bigint) as sent from relay_checkpoint c where c.name = 'log'`,
);

/** Reads the log on one connection, in the order in which it must be sent. */
export class LogReader {
  constructor(private readonly client: pg.Client) {}

  /**
   * Returns at most `limit` events after a place; undefined if nothing may be sent now. `until`: not beyond this place,
   * up to which everything was sent before.
   */
  async page(after: LogPlace, limit: number, until?: LogPlace): Promise<Page | undefined> {
    const values = [after.xid, after.position, limit];
    const { rows } = await this.client.query<EventRow>(
      until === undefined
        ? { ...readPage, values }
        : { ...readPageUntil, values: [...values, until.xid, until.position] },
    );
    const read = rows.map(loggedEvent);
    const full = read.length === limit;
    const ready = sendable(read);
    // The missing predecessor may be just behind the end of a full page; otherwise it is not readable yet.
    return full && ready.length === 0 ? this.page(after, limit * 2, until) : pageOf(ready, full);
  }

  /** The last committed place, even if it is not readable in order yet. */
  async highest(): Promise<LogPlace | undefined> {
    const { rows } = await this.client.query<LogPlace>({ ...readHighest });
    return rows[0];
  }

  /** When the first event after a place happened, readable or not. */
  async oldestAfter(place: LogPlace): Promise<InstantText | undefined> {
    const values = [place.xid, place.position];
    const { rows } = await this.client.query<{ at: string }>({ ...readOldestAfter, values });
    return rows[0] === undefined ? undefined : instantText(rows[0].at);
  }

  /** Tells whether the checkpoint, of whichever relay leads, has reached a place. */
  async isSent(place: LogPlace): Promise<boolean> {
    const { rows } = await this.client.query<{ sent: boolean }>({ ...readIsSent, values: [place.xid, place.position] });
    return rows[0]?.sent === true;
  }
}

function pageOf(events: readonly LoggedEvent[], full: boolean): Page | undefined {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    messages: inVersionOrder(events).map((each) => each.message),
    end: { xid: last.xid, position: last.position },
    highest: String(events.reduce((most, { position }) => (BigInt(position) > most ? BigInt(position) : most), 0n)),
    since: first.at,
    full,
  };
}

function loggedEvent(row: EventRow): LoggedEvent {
  const { xid, position, stream_key: key, stream_version: streamVersion, early } = row;
  return { xid, position, key, streamVersion, early, at: instantOf(row), message: messageOf(row) };
}
