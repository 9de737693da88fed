import { statement } from '#persistence';
import { parkedTimerId } from './parking.statements.ts';

/** Whether a parked event is the first of its key or behind others. */
export const parkedRowStatement = statement(
  'discard standing',
  `select group_name as "group", key, topic, partition, "offset", message_key as "messageKey", headers, value
     from parked where parked_id = $1::uuid`,
);

/**
 * Runs under the key's lock and accepts only the first event of the key. An event that its handler refused counts as
 * handled, so that it is not tried again when the topic is read again; an unreadable one is recognised by `discarded`. If
 * its version is the next one, it counts as reached, so that nobody waits for it. The later events of the key are read
 * immediately.
 */
export const discardStatement = statement(
  'discard event',
  `with gone as (
     delete from parked as head where parked_id = $1::uuid
        and not exists (select from parked as before
                         where before.group_name = head.group_name and before.key = head.key and before.place < head.place)
     returning *
   ), kept as (
     insert into discarded (parked_id, kind, group_name, key, event_id, type, because, parked_reason, attempts, first_at,
                            topic, partition, "offset", message_key, headers, value,
                            reason, note, discarded_by, discarded_at)
     select parked_id, 'event', group_name, key, event_id, type, because, reason, attempts, first_at,
            topic, partition, "offset", message_key, headers, value, $2, $3, $4, $5::timestamptz
       from gone
   ), handled as (
     insert into inbox (group_name, event_id, handled_at)
     select group_name, event_id::uuid, $5::timestamptz from gone
      where because = 'failed' and event_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
     on conflict do nothing
   ), reach as (
     insert into reached (group_name, source, key, version)
     select gone.group_name, $6, gone.key, $7::int from gone
      where $7::int = 1 + coalesce((select version from reached as r
                                     where r.group_name = gone.group_name and r.source = $6 and r.key = gone.key), 0)
     on conflict (group_name, source, key) do update set version = greatest(reached.version, excluded.version)
   ), next as (
     update parked set redrive = true from gone
      where parked.group_name = gone.group_name and parked.key = gone.key and parked.parked_id <> gone.parked_id
   )
   select parked_id from gone`,
);

export const discardTimerStatement = statement(
  'discard timer',
  `with gone as (
     delete from timer where parked_at is not null and ${parkedTimerId} = $1::uuid
     returning *, ${parkedTimerId} as parked_id
   )
   insert into discarded (parked_id, kind, group_name, key, type, parked_reason, attempts, first_at, value,
                          reason, note, discarded_by, discarded_at)
   select parked_id, 'timer', 'timers', key, kind, coalesce(reason, ''), attempts, parked_at,
          jsonb_build_object('subject', subject, 'dueAt', due_at, 'payload', payload)::text,
          $2, $3, $4, $5::timestamptz
     from gone
   returning parked_id`,
);

/** Newest first. */
export const listDiscardedStatement = statement(
  'discard list',
  `select kind, parked_id as "parkedId", group_name as "group", event_id as "eventId", type, key,
          parked_reason as "parkedBecause", attempts, first_at as "firstAt", topic, partition, "offset"::text as "offset",
          reason, note, discarded_by as "discardedBy", discarded_at as "discardedAt"
     from discarded
    where $1::timestamptz is null or (discarded_at, parked_id) < ($1::timestamptz, $2::uuid)
    order by discarded_at desc, parked_id desc limit $3`,
);
