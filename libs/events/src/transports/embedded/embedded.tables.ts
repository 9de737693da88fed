/**
 * The topics and their readers' offsets. Granted to everybody who may enter this database: its roles are those of our
 * services, and no client data travels in events.
 *
 * `head` has one row for each partition, locked while messages are added, so that offsets have no gap and become visible
 * in their order, however many publish at once. `member` tells who reads in a group, to share its partitions out.
 */
export const embeddedTables: readonly string[] = [
  `create schema if not exists embedded_transport`,
  `create table if not exists embedded_transport.head (
    topic text not null,
    partition int not null,
    next_offset bigint not null default 0,
    primary key (topic, partition)
  )`,
  `create table if not exists embedded_transport.message (
    topic text not null,
    partition int not null,
    "offset" bigint not null,
    key text,
    headers jsonb not null,
    value text not null,
    published_at timestamptz(3) not null default clock_timestamp(),
    primary key (topic, partition, "offset")
  )`,
  `create table if not exists embedded_transport.group_offset (
    group_name text not null,
    topic text not null,
    partition int not null,
    next_offset bigint not null,
    primary key (group_name, topic, partition)
  )`,
  `create table if not exists embedded_transport.member (
    group_name text not null,
    member_id uuid not null,
    seen_at timestamptz not null,
    primary key (group_name, member_id)
  )`,
  `create or replace function embedded_transport.publish(
     to_topic text, partitions int[], keys text[], headers text[], contents text[]
   ) returns void language plpgsql as $$
   declare
     added bigint;
   begin
     -- In one order, so that two who publish at once wait for each other and do not deadlock.
     perform from embedded_transport.head
       where topic = to_topic and partition = any (partitions) order by partition for update;
     insert into embedded_transport.message (topic, partition, "offset", key, headers, value)
     select to_topic, given.partition,
            head.next_offset + row_number() over (partition by given.partition order by given.n) - 1,
            given.key, given.headers::jsonb, given.value
       from unnest(partitions, keys, headers, contents) with ordinality as given (partition, key, headers, value, n)
       join embedded_transport.head on head.topic = to_topic and head.partition = given.partition;
     get diagnostics added = row_count;
     if added <> cardinality(partitions) then
       raise exception 'the topic % has no such partition; it must be prepared first', to_topic;
     end if;
     update embedded_transport.head set next_offset = next_offset + more.count
       from (select p as partition, count(*) as count from unnest(partitions) as p group by p) as more
      where head.topic = to_topic and head.partition = more.partition;
   end $$`,
  `grant usage on schema embedded_transport to public`,
  `grant select, update on embedded_transport.head to public`,
  `grant select, insert, update on embedded_transport.group_offset to public`,
  `grant select, insert on embedded_transport.message to public`,
  `grant select, insert, update, delete on embedded_transport.member to public`,
];
