/**
 * Tables of the event log, the relay and the timers, in each service's schema. They hold no client data and so have no
 * tenant policy (contract.md §5.2); only the routes `/parked` and `/deliveries` read them.
 */
export const writingTables: readonly string[] = [
  // Rows change with every command: free room on the page keeps these updates out of the index.
  `create table stream (
     key text primary key,
     version int not null check (version >= 0)
   ) with (fillfactor = 70)`,
  `create table event (
     position bigint generated always as identity primary key,
     xid xid8 not null default pg_current_xact_id(),
     id uuid not null unique,
     stream_key text not null,
     stream_version int not null check (stream_version > 0),
     type text not null,
     schema_version int not null,
     source text not null,
     subject text not null,
     data jsonb not null,
     actor_id text,
     actor_role text not null,
     actor_org text,
     causation_id text,
     correlation_id text not null,
     traceparent text,
     at timestamptz(3) not null,
     unique (stream_key, stream_version)
   )`,
  // The order in which the relay sends (traps.md 32).
  'create index event_in_log_order on event (xid, position)',
  // json and not jsonb: a replayed answer is the same text, with its keys in the same order.
  `create table idempotency (
     person_id text not null,
     key text not null,
     request_hash text not null,
     status int not null,
     body json not null,
     etag text,
     position text,
     location text,
     stored_at timestamptz(3) not null,
     primary key (person_id, key)
   )`,
  'create index idempotency_by_age on idempotency (stored_at)',
  // One row. `server` tells a restored log from one that continues (traps.md 40); `highest` is the largest position ever
  // sent, which separates restored events from those appended here since.
  `create table relay_checkpoint (
     name text primary key,
     xid xid8 not null,
     position bigint not null,
     highest bigint not null,
     server text not null
   ) with (fillfactor = 50)`,
  `create table timer (
     kind text not null,
     subject text not null,
     key text not null,
     due_at timestamptz(3) not null,
     payload jsonb not null,
     attempts int not null default 0,
     next_at timestamptz(3) not null,
     claimed_until timestamptz(3),
     parked_at timestamptz(3),
     reason text,
     primary key (kind, subject)
   )`,
  'create index timer_next on timer (next_at) where parked_at is null',
  'create index timer_claimed on timer (key) where claimed_until is not null',
];
