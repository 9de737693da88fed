import { createHash } from 'node:crypto';
import { statement, type StatementNamed } from '#persistence';
import { removeTimers, setTimers } from '../timers/timer-sql.ts';
import type { TableShape } from './recording.ts';

/** The parts that a recording has. Each combination is one statement, prepared once per connection. */
export interface RecordShape {
  readonly events: boolean;
  readonly tables: readonly TableShape[];
  readonly timersSet: boolean;
  readonly timersRemoved: boolean;
  readonly answer: boolean;
}

/** Its parameters depend on its parts, so the compiler knows only its row. */
type RecordStatement = StatementNamed<`record_${string}`>;

const made = new Map<string, RecordStatement>();

/**
 * The single statement of `record` (traps.md 42b: round trips determine the cost of a command). Its parameters, in this
 * order: key and version; then for each part its values, as `recordValues` lists them. Every part selects from `moved`,
 * so nothing is written if the stream is not at the expected version.
 */
export function recordStatement(shape: RecordShape): RecordStatement {
  const signature = JSON.stringify(shape);
  const known = made.get(signature);
  if (known !== undefined) return known;
  const fresh = statement(`record_${digestOf(signature)}`, textOf(shape));
  made.set(signature, fresh);
  return fresh;
}

function digestOf(signature: string): string {
  return createHash('sha256').update(signature).digest('hex').slice(0, 24);
}

function textOf(shape: RecordShape): string {
  let used = 2;
  const next = (): string => `$${(used += 1)}`;
  const parts: string[] = [];
  if (shape.events) {
    parts.push(`moved as (update stream set version = version + ${next()}::int
      where key = $1::text and version = $2::int returning version)`);
    parts.push(appended(next));
  } else {
    parts.push('moved as (select version from stream where key = $1::text and version = $2::int)');
  }
  shape.tables.forEach((table, i) => parts.push(`wrote_${i} as (${upsert(table, next())})`));
  if (shape.timersSet) parts.push(`timers_set as (${setTimers(next(), ', moved')})`);
  if (shape.timersRemoved) parts.push(`timers_removed as (${removeTimers(next(), ', moved')})`);
  if (shape.answer) parts.push(`answered as (${answered(next)})`);
  const stored = shape.answer ? '(select count(*) from answered)::int' : '1';
  return `with ${parts.join(',\n')}\nselect (select version from moved) as version, ${stored} as answered`;
}

function appended(next: () => string): string {
  const [events, source, at, actorId, actorRole, actorOrg, causationId, correlationId, traceparent] = Array.from(
    { length: 9 },
    next,
  );
  // ordered, so that positions rise with versions
  return `appended as (insert into event (id, stream_key, stream_version, type, schema_version, source, subject, data,
      at, actor_id, actor_role, actor_org, causation_id, correlation_id, traceparent)
    select e.id, $1::text, $2::int + e.n, e.type, e.schema_version, ${source}::text, e.subject, e.data,
      ${at}::timestamptz, ${actorId}::text, ${actorRole}::text, ${actorOrg}::text, ${causationId}::text,
      ${correlationId}::text, ${traceparent}::text
    from jsonb_to_recordset(${events}::jsonb)
      as e(n int, id uuid, type text, schema_version int, subject text, data jsonb), moved
    order by e.n)`;
}

function upsert(table: TableShape, rows: string): string {
  const name = quoted(table.name);
  const columns = table.columns.map(quoted);
  const rest = table.columns.filter((column) => !table.key.includes(column)).map(quoted);
  const change =
    rest.length === 0 ? 'nothing' : `update set ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  return `insert into ${name} (${columns.join(', ')})
    select ${columns.map((column) => `r.${column}`).join(', ')}
    from jsonb_populate_recordset(null::${name}, ${rows}::jsonb) as r, moved
    on conflict (${table.key.map(quoted).join(', ')}) do ${change}`;
}

function answered(next: () => string): string {
  const types = ['text', 'text', 'text', 'int', 'json', 'text', 'text', 'text', 'timestamptz'];
  const values = types.map((type) => `${next()}::${type}`);
  return `insert into idempotency (person_id, key, request_hash, status, body, etag, position, location, stored_at)
    select ${values.join(', ')} from moved on conflict (person_id, key) do nothing returning 1`;
}

/** Names come from code, not from people; this check keeps a mistake from becoming SQL. */
function quoted(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is not a name of a table or column`);
  return `"${name}"`;
}
