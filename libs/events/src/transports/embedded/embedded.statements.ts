import { statement } from '#persistence';

/** The next and end offsets of each partition of each (group, topic). */
export const lagStatement = statement(
  'embedded lag',
  `select asked.group_name as "group", head.topic, head.partition, head.next_offset as "end",
          coalesce(done.next_offset, 0) as "next", (head.next_offset - coalesce(done.next_offset, 0))::int as lag
     from unnest($1::text[], $2::text[]) as asked (group_name, topic)
     join embedded_transport.head on head.topic = asked.topic
     left join embedded_transport.group_offset as done
       on done.group_name = asked.group_name and done.topic = head.topic and done.partition = head.partition
          -- beyond the end: of another topic of this name, so this one is read from its beginning
          and done.next_offset <= head.next_offset`,
);

export const fetchStatement = statement(
  'embedded fetch',
  `select topic, partition, "offset", key, headers, value
     from embedded_transport.message
    where topic = $1 and partition = $2::int and "offset" >= $3::bigint
    order by "offset" limit $4::int`,
);

/** Never decreases, whoever writes it (traps.md 10), except from beyond the topic's end. */
export const commitStatement = statement(
  'embedded commit',
  `insert into embedded_transport.group_offset as done (group_name, topic, partition, next_offset)
   values ($1, $2, $3::int, $4::bigint)
   on conflict (group_name, topic, partition)
   do update set next_offset = excluded.next_offset where done.next_offset < excluded.next_offset
      or done.next_offset > (select next_offset from embedded_transport.head
                              where topic = excluded.topic and partition = excluded.partition)`,
);

export const publishStatement = statement(
  'embedded publish',
  'select embedded_transport.publish($1, $2::int[], $3::text[], $4::text[], $5::text[])',
);

/**
 * A member of the groups `$1` says that it is there, and those silent for `$3` seconds are removed. Returns the other
 * members of each group.
 */
export const beatStatement = statement(
  'embedded beat',
  `with gone as (
     delete from embedded_transport.member
      where group_name = any ($1::text[]) and seen_at < clock_timestamp() - make_interval(secs => $3)
     returning member_id
   ), seen as (
     insert into embedded_transport.member (group_name, member_id, seen_at)
     select g, $2::uuid, clock_timestamp() from unnest($1::text[]) as g order by g
     on conflict (group_name, member_id) do update set seen_at = excluded.seen_at
     returning group_name, xmax = 0 as joined
   )
   select g as "group", coalesce((select joined from seen where group_name = g), false) as joined,
          (select coalesce(array_agg(member_id::text), '{}') from embedded_transport.member as m
            where m.group_name = g and m.member_id <> $2::uuid
              and m.member_id not in (select member_id from gone)) as members
     from unnest($1::text[]) as g`,
);
