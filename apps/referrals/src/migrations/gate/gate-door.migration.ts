import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The gate of a client as a lock that is queued for, not as a row: who shares a row overtakes whoever waits to change it,
 * so a revocation could wait for ever (S1). A function with plpgsql, as each of its statements sees what was committed
 * before it began: the gate is read after the lock was had, in the same round trip.
 */
export const gateOf = `hashtextextended('referrals gate ' || client::text, 44)`;
const functions = [
  `create function gate_close(client uuid) returns void language sql
     as $$ select pg_advisory_xact_lock(${gateOf}) $$`,
  gateHold(),
];

export class GateDoor1764801000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of functions) await runner.query(sql);
    await runner.query('drop table gate_client');
    // Before any offset: the next watermark of a partition counts, whatever instant is kept.
    await runner.query('alter table gate_watermark add column "offset" bigint not null default -1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gate_watermark drop column "offset"');
    await runner.query('create table gate_client (client_id uuid primary key)');
    for (const name of ['gate_hold(uuid[])', 'gate_close(uuid)']) await runner.query(`drop function ${name}`);
  }
}

export function utc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Holds the gates of clients and reads them. `more`: what a permission says beside, as pairs of `jsonb_build_object`. */
export function gateHold(more = ''): string {
  return `create or replace function gate_hold(clients uuid[])
     returns table (client_id uuid, permissions jsonb, waits boolean, marks jsonb) language plpgsql as $$
   declare
     client uuid;
   begin
     foreach client in array (select array_agg(distinct c order by c) from unnest(clients) as c) loop
       perform pg_advisory_xact_lock_shared(${gateOf});
     end loop;
     return query
       select c,
         (select coalesce(jsonb_agg(jsonb_build_object(
            'recipientOrganizationId', p.recipient_organization_id, 'purpose', p.purpose, 'direction', p.direction,
            'categories', p.categories, 'returnPath', p.return_path, 'consentIds', p.consent_ids,
            'validFrom', ${utc('p.valid_from')}, 'validUntil', ${utc('p.valid_until')}, 'intermediary', p.intermediary${more})), '[]')
          from gate_permission p where p.client_id = c),
         exists (select from parked w where w.group_name = 'referrals.consent-gate' and w.key = c::text),
         (select coalesce(jsonb_agg(jsonb_build_object('partitions', m.partitions, 'asOf', ${utc('m.as_of')})), '[]')
          from gate_watermark m)
       from (select distinct u from unnest(clients) as u) as asked (c);
   end $$`;
}
