import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ledgerStream } from '../anchors/anchor.ts';

const scope = `current_setting('app.scope', true)`;
const key = `nullif(current_setting('app.key', true), '')`;

/**
 * Protects the end of each chain as well as its entries: only the entry's own trigger moves it, one place at a time;
 * nobody may update it. `search_path from current`: these functions run with the owner's rights.
 */
const heads: readonly string[] = [
  'alter table ledger_head enable row level security',
  `create policy in_system on ledger_head for select using (${scope} = 'system')`,
  // Sealed entries that no anchor covers yet. One row per entry, so that no writer waits for another.
  `create table ledger_unanchored (
     client_id uuid not null,
     place integer not null,
     seal text not null,
     primary key (client_id, place)
   )`,
  // An older ledger has no anchors yet: its chains get one in their current state.
  'insert into ledger_unanchored select client_id, place, seal from ledger_head where place > 0',
  `create function hold_ledger_head(client uuid, event uuid, disclosure uuid)
     returns table (place integer, seal text, written boolean)
     language plpgsql security definer set search_path from current as $$
     #variable_conflict use_column
     begin
       insert into ledger_head (client_id, place, seal) values (client, 0, repeat('0', 64)) on conflict do nothing;
       return query
         select h.place, h.seal, exists (select from disclosure_entry e
             where e.event_id = event or (disclosure is not null and e.disclosure_id = disclosure))
         from ledger_head h where h.client_id = client for update;
     end $$`,
  'revoke execute on function hold_ledger_head from public',
  'grant execute on function hold_ledger_head to consent_app',
  `create function advance_ledger_head() returns trigger
     language plpgsql security definer set search_path from current as $$
     begin
       update ledger_head set place = new.place, seal = new.seal
         where client_id = new.client_id and place = new.place - 1 and seal = new.previous_seal;
       if not found then raise exception 'a ledger entry follows the last one of its client'; end if;
       insert into ledger_unanchored (client_id, place, seal) values (new.client_id, new.place, new.seal);
       return null;
     end $$`,
  'revoke execute on function advance_ledger_head from public',
  `create trigger advances_head after insert on disclosure_entry
     for each row execute function advance_ledger_head()`,
  `create function guard_ledger_head() returns trigger language plpgsql as $$
     begin
       if tg_op = 'UPDATE' and pg_trigger_depth() > 1 and new.client_id = old.client_id and new.place = old.place + 1
         then return new;
       end if;
       raise exception 'the head of a ledger chain advances with its next entry, and in no other way';
     end $$`,
  `create trigger only_advances before update or delete on ledger_head
     for each row execute function guard_ledger_head()`,
  `create trigger never_emptied before truncate on ledger_head
     for each statement execute function guard_ledger_head()`,
  'revoke insert, update, delete, truncate on ledger_head from consent_app',
  'revoke update, delete, truncate on disclosure_entry from consent_app',
];

/** A verification sees every entry, in the scope of the ledger's own stream. */
const verifications: readonly string[] = [
  `create policy for_verification on disclosure_entry for select using (
     ${scope} = 'system' and ${key} = '${ledgerStream}')`,
  `create table ledger_verification (
     verification_id uuid primary key,
     asked_by uuid,
     started_at timestamptz(3) not null,
     finished_at timestamptz(3) not null,
     chains integer not null,
     entries integer not null,
     anchors integer not null,
     last_anchor jsonb,
     finding_count integer not null,
     findings jsonb not null
   )`,
  'revoke update, delete, truncate on ledger_verification from consent_app',
  `create trigger append_only before update or delete on ledger_verification
     for each row execute function refuse_change()`,
];

export class LedgerProtection1764805000001 implements MigrationInterface {
  readonly name = 'LedgerProtection1764805000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...heads, ...verifications]) await runner.query(sql);
  }

  /** No migration ever removes the ledger. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
