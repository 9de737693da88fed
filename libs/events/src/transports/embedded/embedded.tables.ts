/**
 * The topics and their readers' offsets. The folder `rights/` says who may do what with them.
 *
 * `head` has one row per partition, locked while messages are added, so that offsets have no gaps and become visible in
 * order, however many processes publish. `member` lists who reads in a group, to share its partitions out.
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
   ) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
   declare
     added bigint;
   begin
     -- Whoever signed in, not whose rights the function has. The administrator may, as the owner of all this.
     if session_user <> split_part(to_topic, '.', 1) || '_app' and not pg_has_role(session_user, current_user, 'usage') then
       raise exception 'only the service of the topic % publishes to it', to_topic using errcode = '42501';
     end if;
     -- In one order, so that two concurrent publishers wait for each other and do not deadlock.
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
];
