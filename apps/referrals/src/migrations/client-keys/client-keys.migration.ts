import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keysOf } from '../../client/keys/client-keys.ts';
import { readPhone } from '../../client/keys/phone.ts';
import { ReferralsConfig } from '../../config/referrals.config.ts';

const scope = (name: string): string => `current_setting('app.scope', true) = '${name}'`;
const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;

const tables = [
  `alter table client
     alter column given drop not null,
     alter column family drop not null,
     alter column birth_date drop not null,
     alter column birth_date type text using to_char(birth_date, 'YYYY-MM-DD'),
     add column birth_estimated boolean not null default false,
     add column interpreter_needed boolean not null default false,
     add column phone_number text,
     add column phone_extension text`,
  'drop index client_by_name',
  // Bytes in order, so that a beginning is a range whatever language the database sorts by.
  `create table client_key (
     owner_organization_id uuid not null,
     key text collate "C" not null,
     client_id uuid not null,
     primary key (owner_organization_id, key, client_id))`,
  'create index client_key_of_client on client_key (client_id)',
];

const policies = [
  'alter table client_key enable row level security',
  'alter table client_key force row level security',
  `create policy client_key_own on client_key using (${scope('tenant')} and owner_organization_id = ${tenant})`,
  `create policy client_key_shown on client_key for select using (${scope('packet')} and (owner_organization_id = ${tenant}
     or exists (select 1 from access a where a.open and a.client_id = client_key.client_id and a.to_organization_id = ${tenant})))`,
];

interface Row {
  readonly client_id: string;
  readonly owner_organization_id: string;
  readonly given: string;
  readonly family: string;
  readonly birth_date: string;
  readonly phone: string | null;
}

const pageSize = 500;
const nextPage = `select client_id, owner_organization_id, given, family, birth_date, phone from client
  where client_id > $1 order by client_id limit ${pageSize}`;
const putNumbers = `update client set phone_number = n.number, phone_extension = n.extension
  from unnest($1::uuid[], $2::text[], $3::text[]) as n(id, number, extension) where client_id = n.id`;
const putKeys = `insert into client_key (owner_organization_id, key, client_id)
  select * from unnest($1::uuid[], $2::text[], $3::uuid[])`;

/**
 * What clients are found by, folded in one place, in JavaScript: the clients that are there get their keys by the same
 * function. The owner stands under the tables' policies too, so they come last, and those of `client` are lifted meanwhile.
 */
export class ClientKeys1764807000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of tables) await runner.query(sql);
    await runner.query('alter table client no force row level security');
    let after = '00000000-0000-0000-0000-000000000000';
    for (let rows = await page(runner, after); rows.length > 0; rows = await page(runner, after)) {
      await fill(runner, rows);
      after = rows.at(-1)?.client_id ?? after;
    }
    await runner.query('alter table client force row level security');
    for (const sql of policies) await runner.query(sql);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('a birth date that is known in part has no day to go back to'));
  }
}

function page(runner: QueryRunner, after: string): Promise<readonly Row[]> {
  return runner.query(nextPage, [after]) as Promise<readonly Row[]>;
}

/** Numbers of before the setting are read where it stands when nothing is said. */
async function fill(runner: QueryRunner, rows: readonly Row[]): Promise<void> {
  const { PHONE_REGION: region } = new ReferralsConfig();
  const numbers = rows.flatMap(({ client_id: id, phone }) =>
    phone === null ? [] : [{ id, ...readPhone(phone, region) }],
  );
  await runner.query(putNumbers, [
    numbers.map((each) => each.id),
    numbers.map((each) => each.number),
    numbers.map((each) => each.extension),
  ]);
  const keys = rows.flatMap((row) => {
    const { given, family, birth_date: birthDate, phone } = row;
    const known = { given, family, birthDate, ...(phone === null ? {} : { phone }) };
    return keysOf(known, region).map((key) => [row.owner_organization_id, key, row.client_id] as const);
  });
  await runner.query(
    putKeys,
    [0, 1, 2].map((column) => keys.map((each) => each[column])),
  );
}
