import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceUrls, withClient } from '#persistence';
import { freshDatabase, provisionForTests, testPasswords } from '#testing';
import { embeddedTransport } from '../embedded-transport.ts';
import { allowReading } from './embedded-rights.ts';

/** What the previous version left in a database: everything open to every role that can connect. */
const before = `
  create schema embedded_transport;
  create table embedded_transport.head (topic text, partition int, next_offset bigint not null default 0, primary key (topic, partition));
  create table embedded_transport.message (topic text, partition int, "offset" bigint, key text, headers jsonb not null, value text not null,
    published_at timestamptz(3) not null default clock_timestamp(), primary key (topic, partition, "offset"));
  create table embedded_transport.group_offset (group_name text, topic text, partition int, next_offset bigint not null, primary key (group_name, topic, partition));
  create table embedded_transport.member (group_name text, member_id uuid, seen_at timestamptz not null, primary key (group_name, member_id));
  create function embedded_transport.publish(to_topic text, partitions int[], keys text[], headers text[], contents text[]) returns void
    language plpgsql as $$ begin insert into embedded_transport.message select to_topic, 0, 99, keys[1], headers[1]::jsonb, contents[1]; end $$;
  insert into embedded_transport.group_offset values ('referrals.copies', 'directory.events', 0, 7);
  grant usage on schema embedded_transport to public;
  grant select, update on embedded_transport.head to public;
  grant select, insert, update on embedded_transport.group_offset to public;
  grant select, insert on embedded_transport.message to public;
  grant select, insert, update, delete on embedded_transport.member to public`;

const publishTo = (topic: string): string =>
  `select embedded_transport.publish('${topic}', '{0}', '{k}', array['{}'], array['{}'])`;
const commitFor = (group: string): string =>
  `insert into embedded_transport.group_offset values ('${group}', 'referrals.events', 0, 1)
   on conflict (group_name, topic, partition) do update set next_offset = excluded.next_offset`;

describe.each(['a new database', 'a database of the previous version'])('The topics of %s', (which) => {
  const stranger = `stranger_${randomBytes(4).toString('hex')}`;
  const services = ['consent', 'referrals', 'notifications'];
  let adminUrl: string;
  let drop: () => Promise<void>;

  const urlOf = (role: string): string => {
    if (role === 'admin') return adminUrl;
    const [service = '', kind] = role.split('_');
    const { appUrl, ownerUrl } = serviceUrls(adminUrl, service, testPasswords);
    if (services.includes(service)) return kind === 'owner' ? ownerUrl : appUrl;
    const url = new URL(adminUrl);
    url.username = stranger;
    url.password = 'of-a-stranger';
    return url.href;
  };
  const as = (role: string, sql: string): Promise<readonly object[]> =>
    withClient(urlOf(role), async (client) => (await client.query<object>(sql)).rows);

  beforeAll(async () => {
    ({ adminUrl, drop } = await freshDatabase());
    for (const service of services) await provisionForTests(adminUrl, service);
    await as('admin', `create role ${stranger} login password 'of-a-stranger'`);
    if (which !== 'a new database') await as('admin', before);
    const transport = embeddedTransport({ adminUrl });
    for (let start = 0; start < 2; start += 1) {
      await transport.prepare(['consent.events', 'referrals.events', 'directory.events'], 6);
    }
    await withClient(adminUrl, (client) => client.query(allowReading, ['referrals_app', ['consent.events']]));
    await as('consent_app', publishTo('consent.events'));
    await as('admin', publishTo('directory.events'));
    await as('referrals_app', commitFor('referrals.consent-gate'));
  });
  afterAll(async () => {
    await as('admin', `drop role ${stranger}`);
    await drop();
  });

  it.each([
    ['stranger', publishTo('consent.events')],
    ['stranger', `select * from embedded_transport.message`],
    ['stranger', `select * from embedded_transport.group_offset`],
    ['stranger', commitFor('referrals.copies')],
    ['stranger', `select count(*) from consent.event`],
    ['notifications_app', publishTo('consent.events')],
    ['referrals_app', publishTo('consent.events')],
    ['consent_owner', publishTo('consent.events')],
    ['notifications_app', commitFor('referrals.copies')],
    ['consent_app', `insert into embedded_transport.message values ('consent.events', 0, 7, 'k', '{}', '{}')`],
    ['consent_app', `update embedded_transport.message set value = '{}'`],
    ['consent_app', `delete from embedded_transport.message`],
    ['consent_app', `update embedded_transport.head set next_offset = 0`],
    ['consent_app', `insert into embedded_transport.head values ('consent.events', 6)`],
    ['notifications_app', `insert into embedded_transport.reading values ('notifications_app', 'consent.events')`],
    [
      'notifications_app',
      `insert into embedded_transport.member values ('referrals.copies', gen_random_uuid(), now())`,
    ],
    ['notifications_app', `truncate embedded_transport.group_offset`],
    ['notifications_app', `alter table embedded_transport.message disable row level security`],
    ['notifications_app', `set role consent_app; ${publishTo('consent.events')}`],
  ])('refuse to %s: %s [S2]', async (role, sql) => {
    await expect(as(role, sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    ['notifications_app', `select * from embedded_transport.message where topic = 'consent.events'`],
    ['referrals_app', `select * from embedded_transport.message where topic = 'directory.events'`],
    ['notifications_app', `select * from embedded_transport.group_offset where group_name = 'referrals.consent-gate'`],
    ['notifications_app', `update embedded_transport.group_offset set next_offset = 9 returning *`],
    ['notifications_app', `select * from embedded_transport.reading where role_name = 'referrals_app'`],
    ['notifications_app', `delete from embedded_transport.member returning *`],
  ])('show nothing of others to %s: %s [S2]', async (role, sql) => {
    expect(await as(role, sql)).toEqual([]);
  });

  it('are written only by their service and read only by services with a handler for them [S2]', async () => {
    const read = `select key from embedded_transport.message where topic = 'consent.events'`;
    expect(await as('referrals_app', read)).toEqual([{ key: 'k' }]);
    const committed = `select next_offset from embedded_transport.group_offset where group_name = 'referrals.consent-gate'`;
    expect(await as('referrals_app', committed)).toEqual([{ next_offset: '1' }]);
    const heads = `select sum(next_offset)::int as "all" from embedded_transport.head where topic = 'consent.events'`;
    expect(await as('consent_app', heads)).toEqual([{ all: 1 }]);
  });

  it('and the schemas beside them grant nothing to PUBLIC [S2]', async () => {
    await as('consent_owner', 'create function consent.later() returns int language sql as $$ select 1 $$');
    const open = `
      select n.nspname || '.' || what.name as open from pg_namespace n, lateral (
        select '' as name, coalesce(n.nspacl, acldefault('n', n.nspowner)) as acl union all
        select relname, relacl from pg_class where relnamespace = n.oid and relacl is not null union all
        select proname, coalesce(proacl, acldefault('f', proowner)) from pg_proc where pronamespace = n.oid
      ) as what, aclexplode(what.acl) as granted
      where n.nspname in ('embedded_transport', 'consent', 'referrals', 'notifications') and granted.grantee = 0`;
    expect(await as('admin', open)).toEqual([]);
    expect(await as('consent_app', 'select consent.later() as one')).toEqual([{ one: 1 }]);
  });
});
