import type { EventEnvelope } from '#contracts';
import { causedBy, causeIn } from '../timers/cause.ts';
import { atOnce } from '../timers/timer.ts';
import { lastOfEach, timersJson, removalsJson } from '../timers/timer-sql.ts';
import type { Recording, RowWrite, TableShape } from './recording.ts';
import type { RecordShape } from './record-statement.ts';

/** A recording as its shape (which chooses the statement) and the values of that statement, in order. */
export function recordValues(
  recording: Recording,
  envelopes: readonly EventEnvelope[],
): { readonly shape: RecordShape; readonly values: readonly unknown[] } {
  const writes = byTable(recording.rows ?? []);
  const timers = lastOfEach((recording.timers ?? []).map((change) => ({ key: recording.key, change })));
  const [first] = envelopes;
  const cause = first && { ...causeIn(first), causationId: null };
  const set = timers
    .filter(({ change }) => change.dueAt !== null)
    // A timer that is due immediately has this command as its cause; a later one is caused by time.
    .map(({ key, change }) => {
      const goesOn = cause !== undefined && change.dueAt === atOnce;
      return { key, change: goesOn ? causedBy(change, cause) : change };
    });
  const removed = timers.filter(({ change }) => change.dueAt === null);
  const shape: RecordShape = {
    events: envelopes.length > 0,
    tables: writes.map((each) => each.table),
    timersSet: set.length > 0,
    timersRemoved: removed.length > 0,
    answer: recording.answer !== undefined,
  };
  return {
    shape,
    values: [
      recording.key,
      recording.version,
      ...(shape.events ? eventValues(recording, envelopes) : []),
      ...writes.map((each) => JSON.stringify(each.rows)),
      ...(shape.timersSet ? [timersJson(set)] : []),
      ...(shape.timersRemoved ? [removalsJson(removed)] : []),
      ...answerValues(recording),
    ],
  };
}

function eventValues(recording: Recording, envelopes: readonly EventEnvelope[]): readonly unknown[] {
  const events = envelopes.map((each, i) => ({
    n: i + 1,
    id: each.id,
    type: each.type,
    schema_version: each.schemaVersion,
    subject: each.subject,
    data: each.event,
  }));
  return [
    envelopes.length,
    JSON.stringify(events),
    envelopes[0]?.source,
    recording.now,
    recording.actor.id,
    recording.actor.role,
    recording.actor.organizationId,
    recording.causationId ?? null,
    recording.correlationId,
    envelopes[0]?.traceparent ?? null,
  ];
}

function answerValues(recording: Recording): readonly unknown[] {
  if (recording.answer === undefined) return [];
  const { personId, key, requestHash, stored } = recording.answer;
  return [
    personId,
    key,
    requestHash,
    stored.status,
    JSON.stringify(stored.body ?? null),
    stored.etag ?? null,
    stored.position ?? null,
    stored.location ?? null,
    recording.now,
  ];
}

/** Merges several writes to one table. Tables are sorted, so that there are few shapes. */
function byTable(writes: readonly RowWrite[]): readonly RowWrite[] {
  const found = new Map<string, { table: TableShape; rows: Readonly<Record<string, unknown>>[] }>();
  for (const { table, rows } of writes) {
    if (rows.length === 0) continue;
    const known = found.get(table.name);
    if (known === undefined) found.set(table.name, { table, rows: [...rows] });
    else known.rows.push(...rows);
  }
  return [...found.values()].sort((a, b) => (a.table.name < b.table.name ? -1 : 1));
}
