import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each area is published by its own event, whoever inserts it: its row sets a timer that is due immediately. Existing
 * areas are published now.
 */
const statements = [
  `create function tell_area() returns trigger language plpgsql set search_path from current as $$
   begin
     insert into timer (kind, subject, key, due_at, next_at, payload)
     values ('area-changed', new.area_id::text, new.area_id::text, '-infinity', '-infinity', '{}')
     on conflict (kind, subject) do update
       set due_at = excluded.due_at, next_at = excluded.next_at, place = excluded.place, attempts = 0, parked_at = null,
         reason = null;
     return null;
   end $$`,
  `create trigger area_told after insert or update of network_id on area
   for each row execute function tell_area()`,
  'alter table area no force row level security',
  'update area set network_id = network_id',
  'alter table area force row level security',
];

export class AreasTold1764900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger area_told on area');
    await runner.query('drop function tell_area()');
  }
}
