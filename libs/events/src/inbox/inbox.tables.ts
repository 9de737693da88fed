/**
 * The readers' tables, in each service's schema. They have no tenant policy, because events carry no client data.
 * `inbox`: the events that a group has handled; its rows outlive the topic's retention and the longest replay.
 * `reached`: how far a group has handled a stream, for requests that wait for a position.
 * `parked`: events that wait for a person, and behind them the later events of the same key, ordered by `place`.
 */
export const readingTables: readonly string[] = [
  `create table inbox (
    group_name text not null,
    event_id uuid not null,
    handled_at timestamptz(3) not null,
    primary key (group_name, event_id)
  )`,
  // Rows change with every event of their stream: free room on the page keeps these updates out of the index.
  `create table reached (
    group_name text not null,
    source text not null,
    key text not null,
    version int not null,
    primary key (group_name, source, key)
  ) with (fillfactor = 80)`,
  `create table parked (
    parked_id uuid primary key,
    place bigint generated always as identity,
    group_name text not null,
    key text not null,
    event_id text not null,
    type text,
    because text not null check (because in ('failed', 'invalid', 'waits')),
    reason text not null,
    attempts int not null,
    first_at timestamptz(3) not null,
    last_at timestamptz(3) not null,
    redrive boolean not null default false,
    topic text not null,
    partition int not null,
    "offset" bigint not null,
    message_key text,
    headers jsonb not null,
    value text not null,
    unique (group_name, event_id)
  )`,
  `create index parked_of_key on parked (group_name, key, place)`,
  `create index parked_to_redrive on parked (group_name, key) where redrive`,
];

/** Later changes to the table `parked`: a key may wait without needing a person. */
export const waitingByItself: readonly string[] = [
  'alter table parked drop constraint parked_because_check',
  `alter table parked add constraint parked_because_check check (because in ('failed', 'invalid', 'waits', 'slow'))`,
  `create index parked_slow on parked (group_name, key) where because = 'slow'`,
];
