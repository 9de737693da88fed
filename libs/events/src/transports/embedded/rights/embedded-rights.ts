/** Which role owns a row's topic or group: `consent.events` and `consent.ledger` belong to the role `consent_app`. */
const ownTopic = `split_part(topic, '.', 1) || '_app' = current_user`;
const ownGroup = `split_part(group_name, '.', 1) || '_app' = current_user`;
const readTopic = `topic in (select allowed.topic from embedded_transport.reading as allowed where allowed.role_name = current_user)`;

const policies: readonly (readonly [table: string, name: string, rule: string])[] = [
  ['head', 'published_or_read', `for select using (${ownTopic} or ${readTopic})`],
  ['message', 'read', `for select using (${readTopic})`],
  ['reading', 'own', `for select using (role_name = current_user)`],
  ['group_offset', 'own', `for all using (${ownGroup}) with check (${ownGroup})`],
  ['member', 'own', `for all using (${ownGroup}) with check (${ownGroup})`],
];

/** A change of a policy needs a lock on its table, so only missing policies are created. */
const protect = policies.map(
  ([table, name, rule]) => `do $$ begin
    if not exists (select from pg_policies where schemaname = 'embedded_transport' and tablename = '${table}' and policyname = '${name}') then
      alter table embedded_transport.${table} enable row level security;
      create policy ${name} on embedded_transport.${table} ${rule};
    end if;
  end $$`,
);

/** Before this table existed, every role of the database could read everything: existing readers keep their right. */
const reading = `do $$ begin
  if to_regclass('embedded_transport.reading') is null then
    create table embedded_transport.reading (role_name text not null, topic text not null, primary key (role_name, topic));
    insert into embedded_transport.reading (role_name, topic)
    select distinct split_part(group_name, '.', 1) || '_app', topic from embedded_transport.group_offset;
  end if;
end $$`;

/** Every service that has its schema in this database, even if a process of an earlier version still runs. */
const grants = `do $$ declare app text; begin
  for app in
    select role.rolname from pg_namespace as schema
      join pg_roles as owner on owner.oid = schema.nspowner and owner.rolname = schema.nspname || '_owner'
      join pg_roles as role on role.rolname = schema.nspname || '_app'
  loop
    execute format('grant usage on schema embedded_transport to %I', app);
    execute format('grant select on embedded_transport.head, embedded_transport.message, embedded_transport.reading to %I', app);
    execute format('grant select, insert, update on embedded_transport.group_offset to %I', app);
    execute format('grant select, insert, update, delete on embedded_transport.member to %I', app);
    execute format('grant execute on function embedded_transport.publish(text, int[], text[], text[], text[]) to %I', app);
  end loop;
end $$`;

/**
 * Who may do what; runs after the tables at every start. Only a topic's own service writes it, through `publish`. Only a
 * group's own service reads and commits for it, in the topics that its handlers name. Nobody else may do anything.
 */
export const embeddedRights: readonly string[] = [
  'revoke all on schema embedded_transport from public',
  reading,
  'revoke all on all tables in schema embedded_transport from public',
  'revoke all on all functions in schema embedded_transport from public',
  ...protect,
  grants,
];

/** The topics that a service's groups read; topics that only an earlier version read are removed. */
export const allowReading = `with gone as (
    delete from embedded_transport.reading where role_name = $1 and topic <> all ($2::text[])
  )
  insert into embedded_transport.reading (role_name, topic) select $1, topic from unnest($2::text[]) as topic
  on conflict do nothing`;
