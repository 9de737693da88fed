import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each referral is found by its reference, those made before and those of an older version that runs beside this one
 * too: the database computes it from the id as `referenceOf` of #contracts does. Two referrals never have the same one.
 */
const statements = [
  `create function reference_of(referral uuid) returns text language sql immutable strict parallel safe as $$
     select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((bits >> (5 * place)) & 31)::int + 1, 1), ''
         order by place desc)
     from (select ('x' || right(referral::text, 10))::bit(40)::bigint as bits) as id, generate_series(0, 7) as place $$`,
  `alter table client_referral
     add column reference text not null generated always as (reference_of(referral_id)) stored`,
  'create unique index client_referral_reference on client_referral (reference)',
];

export class Reference1764910000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table client_referral drop column reference');
    await runner.query('drop function reference_of(uuid)');
  }
}
