import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * While two versions of the platform run side by side, the older one writes clients without keys. Each row says for
 * which of its versions the keys are; where that is not its own, the database sets a timer that is due at once.
 */
const statements = [
  'alter table client add column keyed_version integer',
  `create function ask_for_client_keys() returns trigger language plpgsql set search_path from current as $$
   begin
     insert into timer (kind, subject, key, due_at, next_at, payload)
     values ('client-keys', new.client_id::text, new.client_id::text, '-infinity', '-infinity',
       jsonb_build_object('ownerOrganizationId', new.owner_organization_id))
     on conflict (kind, subject) do update
       set due_at = excluded.due_at, next_at = excluded.next_at, place = excluded.place, attempts = 0, parked_at = null,
         reason = null;
     return null;
   end $$`,
  'alter table client no force row level security',
  'alter table client_key no force row level security',
  `update client set keyed_version = version
   where exists (select from client_key k where k.client_id = client.client_id)`,
  `create trigger client_keys_asked after insert or update on client
   for each row when (new.keyed_version is distinct from new.version) execute function ask_for_client_keys()`,
  // Written by an older version since the keys came: the trigger asks for theirs.
  'update client set version = version where keyed_version is null',
  'alter table client_key force row level security',
  'alter table client force row level security',
];

export class ClientKeyed1764900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger client_keys_asked on client');
    await runner.query('drop function ask_for_client_keys()');
    await runner.query('alter table client drop column keyed_version');
  }
}
