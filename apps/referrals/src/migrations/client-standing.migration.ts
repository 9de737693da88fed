import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two facts about a client that decisions ask for in every scope, as ids and codes alone: how they may be reached, kept
 * from their record by a trigger so that no writer forgets it, and that they died.
 */
const statements = [
  `create table client_contact (client_id uuid primary key, prohibited boolean not null, channel text)`,
  `create function keep_client_contact() returns trigger language plpgsql as $$
   begin
     insert into client_contact (client_id, prohibited, channel)
     values (new.client_id, new.contact_prohibited, new.safe_contact ->> 'channel')
     on conflict (client_id) do update set prohibited = excluded.prohibited, channel = excluded.channel
       where (client_contact.prohibited, client_contact.channel) is distinct from (excluded.prohibited, excluded.channel);
     return null;
   end $$`,
  `create trigger client_contact_kept after insert or update of contact_prohibited, safe_contact on client
   for each row execute function keep_client_contact()`,
  // The owner reads its own table whole, for this one statement.
  'alter table client no force row level security',
  `insert into client_contact (client_id, prohibited, channel)
   select client_id, contact_prohibited, safe_contact ->> 'channel' from client`,
  'alter table client force row level security',
  `create table client_death (client_id uuid primary key, referral_id uuid not null, at timestamptz(3) not null)`,
];

export class ClientStanding1764808000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('that a client died is never forgotten');
  }
}
