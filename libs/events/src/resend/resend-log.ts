import type { InstantText } from '#contracts';
import { statement } from '#persistence';
import type pg from 'pg';
import { headerNames } from '../cloud-events.ts';
import { eventColumns, messageOf, type LoggedRow } from '../log/logged-event.ts';
import type { OutgoingMessage } from '../messages.ts';
import type { LogPlace } from '../relay/log-place.ts';

/** A resend that has not ended. */
export interface OpenResend {
  readonly resendId: string;
  readonly place: LogPlace;
  readonly end: LogPlace;
}

/** A place among the events of the streams that are sent early. */
export interface EarlierPlace {
  readonly key: string;
  readonly version: number;
}

interface OpenRow {
  readonly resendId: string;
  readonly xid: string;
  readonly position: string;
  readonly endXid: string;
  readonly endPosition: string;
}

// columns are qualified, because as text 10 sorts before 9 (traps.md 33)
const readOpen = statement(
  'resend-open',
  `select r.resend_id as "resendId", r.xid::text as xid, r.position::text as position,
    r.end_xid::text as "endXid", r.end_position::text as "endPosition"
  from resend r where r.state = 'running' order by r.asked_at, r.resend_id limit 1`,
);

const readEarlier = statement(
  'resend-earlier',
  `select ${eventColumns}
  from unnest($1::text[], $2::int[]) as live (key, version)
  join event e on e.stream_key = live.key and e.stream_version < live.version
  where (e.xid, e.position) > ($3::xid8, $4::bigint) and (e.xid, e.position) <= ($5::xid8, $6::bigint)
    and (e.stream_key, e.stream_version) > ($7, $8::int)
  order by e.stream_key, e.stream_version limit $9`,
);

const moveOn = statement(
  'resend-move',
  `update resend set xid = $2::xid8, position = $3::bigint, sent = sent + $4::bigint, waiting = null
  where resend_id = $1 and state = 'running' and (xid, position) < ($2::xid8, $3::bigint)`,
);

const endResend = statement(
  'resend-end',
  `update resend set state = 'done', waiting = null, ended_at = $2 where resend_id = $1 and state = 'running'`,
);

const waitResend = statement(
  'resend-wait',
  `update resend set waiting = $2 where resend_id = $1 and state = 'running'`,
);

/** What a resend reads and writes, on the connection of the leading relay. */
export class ResendLog {
  constructor(private readonly client: pg.Client) {}

  /** The first one requested. */
  async open(): Promise<OpenResend | undefined> {
    const { rows } = await this.client.query<OpenRow>({ ...readOpen });
    const [row] = rows;
    if (row === undefined) return undefined;
    const { resendId, xid, position, endXid, endPosition } = row;
    return { resendId, place: { xid, position }, end: { xid: endXid, position: endPosition } };
  }

  /** At most `limit` events of streams, before the version named for each, that the resend has not reached yet. */
  async earlier(
    { place, end }: OpenResend,
    streams: ReadonlyMap<string, number>,
    after: EarlierPlace,
    limit: number,
  ): Promise<readonly OutgoingMessage[]> {
    const bounds = [place.xid, place.position, end.xid, end.position];
    const values = [[...streams.keys()], [...streams.values()], ...bounds, after.key, after.version, limit];
    const { rows } = await this.client.query<LoggedRow>({ ...readEarlier, values });
    return rows.map(messageOf);
  }

  /** Records that everything up to `to` was sent again. */
  async moveOn({ resendId }: OpenResend, to: LogPlace, sent: number): Promise<void> {
    await this.client.query({ ...moveOn, values: [resendId, to.xid, to.position, sent] });
  }

  async end({ resendId }: OpenResend, now: InstantText): Promise<void> {
    await this.client.query({ ...endResend, values: [resendId, now] });
  }

  async wait({ resendId }: OpenResend, words: string): Promise<void> {
    await this.client.query({ ...waitResend, values: [resendId, words] });
  }
}

export function versionOf({ headers }: OutgoingMessage): number {
  return Number(headers[headerNames.streamVersion] ?? 0);
}
