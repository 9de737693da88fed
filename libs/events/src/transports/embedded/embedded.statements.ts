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
