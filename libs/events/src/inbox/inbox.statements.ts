import { statement } from '#persistence';

const keyLock = (group: string, key: string): string =>
  `pg_advisory_xact_lock(hashtextextended(${group} || ' ' || ${key}, 41)) is null as locked`;

/**
 * Tells whether the event is in the inbox, and whether its key is parked. First locks the key for this group, as parking,
 * redriving and rebuilding do. It writes nothing, so the transaction gets no id and may still lock a stream afterwards.
 */
export const lookStatement = statement(
  'inbox look',
  `select ${keyLock('$1::text', '$3::text')},
          exists (select from inbox where group_name = $1 and event_id = $2::uuid) as seen,
          exists (select from parked where group_name = $1 and key = $3) as waiting`,
).reads<{ seen: boolean; waiting: boolean }>();

/**
 * Written after the handler's work, because a handler that appends must lock its stream before anything is written
 * (architecture.md §5). If it returns no row, another consumer handled the event meanwhile, and this transaction must
 * roll back. It also deletes the parked row of an event that is being redriven, or that a timed-out consumer parked.
 */
export const settleStatement = statement(
  'inbox settle',
  `with fresh as (
     insert into inbox (group_name, event_id, handled_at) values ($1, $2::uuid, $3::timestamptz)
     on conflict do nothing returning event_id
   ), reach as (
     insert into reached (group_name, source, key, version)
     select $1, $4, $5, $6::int from fresh
     on conflict (group_name, source, key) do update set version = greatest(reached.version, excluded.version)
   ), freed as (
     delete from parked where group_name = $1 and event_id = $2::uuid::text
   )
   select event_id from fresh`,
);

/**
 * Inserts the whole batch before the handler's work. Returns the new events (`fresh`) and the parked keys (`waiting`);
 * all others were handled earlier. The rows are sorted, so that two consumers lock them in the same order. It first takes
 * a shared lock on the group, so that no rebuild runs meanwhile.
 */
export const receiveStatement = statement(
  'inbox receive',
  `with held as materialized (
     select pg_advisory_xact_lock_shared(hashtextextended($1, 42)) is null as locked
   ), given as (
     select g.* from held, unnest($2::uuid[], $4::text[], $5::text[], $6::int[]) as g (event_id, source, key, version)
   ), waiting as (
     select distinct key from parked where group_name = $1 and key = any ($5::text[])
   ), open as (
     select * from given where key not in (select key from waiting)
   ), fresh as (
     insert into inbox (group_name, event_id, handled_at)
     select $1, event_id, $3::timestamptz from open order by event_id
     on conflict do nothing returning event_id
   ), reach as (
     insert into reached (group_name, source, key, version)
     select $1, source, key, max(version) from open group by source, key order by source, key
     on conflict (group_name, source, key) do update set version = greatest(reached.version, excluded.version)
   )
   select event_id::text as fresh, null as waiting from fresh
   union all
   select null, key from waiting`,
).reads<{ fresh: string | null; waiting: string | null }>();

/** Events that the group has no handler for still advance its reached version, unless their key is parked. */
export const passStatement = statement(
  'reached pass',
  `insert into reached (group_name, source, key, version)
   select $1, source, key, max(version)
     from unnest($2::text[], $3::text[], $4::int[]) as g (source, key, version)
    where not exists (select from parked where group_name = $1 and parked.key = g.key)
    group by source, key order by source, key
   on conflict (group_name, source, key) do update set version = greatest(reached.version, excluded.version)`,
);

/** Returns how far each group has handled a stream. */
export const reachedStatement = statement(
  'reached of groups',
  `select count(*)::int as groups, coalesce(min(version), 0)::int as version
     from reached where group_name = any ($1::text[]) and source = $2 and key = $3`,
).reads<{ groups: number; version: number }>();

export const isParkedStatement = statement(
  'parked is',
  `select exists (select from parked where group_name = $1 and key = $2) as parked`,
).reads<{ parked: boolean }>();

/** A lock on one key of a group: reading, parking, redriving and rebuilding take turns. */
export const keyLockStatement = statement('parked lock', `select ${keyLock('$1::text', '$2::text')}`);

/** An exclusive lock on a group that reads in batches: its batches hold too many keys to lock each one. */
export const groupLockStatement = statement(
  'group lock',
  `select pg_advisory_xact_lock(hashtextextended($1, 42)) is null as locked`,
);
