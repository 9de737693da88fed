/**
 * Parked events and timers that a person gave up: which, why, who and when. An event's whole message is kept, so that it
 * can be looked at and sent again by hand. No tenant policy: no client data travels in events.
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
  // Whoever delivers it once more finds that it was given up.
  `create index discarded_event on discarded (group_name, event_id)`,
  `create index discarded_newest on discarded (discarded_at desc, parked_id desc)`,
];
