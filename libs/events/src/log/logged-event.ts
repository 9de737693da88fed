import type { ActorRole, InstantText } from '#contracts';
import { instantText } from '#persistence';
import { headersOf } from '../cloud-events.ts';
import type { OutgoingMessage } from '../messages.ts';

/** Columns of the log's table `event e`, as {@link messageOf} needs them. */
export const eventColumns = `e.id, e.stream_key, e.stream_version, e.type, e.schema_version, e.source, e.subject,
    e.data::text as data, e.actor_id, e.actor_role, e.actor_org, e.causation_id, e.correlation_id, e.traceparent,
    e.at::text as at`;

export interface LoggedRow {
  readonly id: string;
  readonly stream_key: string;
  readonly stream_version: number;
  readonly type: string;
  readonly schema_version: number;
  readonly source: string;
  readonly subject: string;
  readonly data: string;
  readonly actor_id: string | null;
  readonly actor_role: ActorRole;
  readonly actor_org: string | null;
  readonly causation_id: string | null;
  readonly correlation_id: string;
  readonly traceparent: string | null;
  readonly at: string;
}

/** When it happened. */
export function instantOf(row: LoggedRow): InstantText {
  return instantText(row.at);
}

/** Builds the message that the relay sends for an event of the log, byte for byte. */
export function messageOf(row: LoggedRow): OutgoingMessage {
  return {
    key: row.stream_key,
    value: row.data,
    headers: headersOf({
      id: row.id,
      type: row.type,
      schemaVersion: row.schema_version,
      source: row.source,
      subject: row.subject,
      time: instantOf(row),
      key: row.stream_key,
      streamVersion: row.stream_version,
      actor: { id: row.actor_id, role: row.actor_role, organizationId: row.actor_org },
      causationId: row.causation_id,
      correlationId: row.correlation_id,
      traceparent: row.traceparent,
    }),
  };
}
