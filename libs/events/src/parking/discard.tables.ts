/**
 * Parked events and timers that a person gave up: which one, why, who and when. The whole message of an event is kept, so
 * that it can be inspected and sent again by hand. No tenant policy, because events carry no client data.
 */
export const discardTables: readonly string[] = [
  `create table discarded (
    parked_id uuid primary key,
    kind text not null check (kind in ('event', 'timer')),
    group_name text not null,
    key text not null,
    event_id text,
    type text,
    because text,
    parked_reason text not null,
    attempts int not null,
    first_at timestamptz(3) not null,
    topic text,
    partition int,
    "offset" bigint,
    message_key text,
    headers jsonb,
    value text,
    reason text not null,
    note text,
    discarded_by text not null,
    discarded_at timestamptz(3) not null
  )`,
  // If the event is delivered again, we find here that it was given up.
  `create index discarded_event on discarded (group_name, event_id)`,
  `create index discarded_newest on discarded (discarded_at desc, parked_id desc)`,
];
