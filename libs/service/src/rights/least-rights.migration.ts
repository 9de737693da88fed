import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationClass } from '#persistence';

/** The rights of the application on a service's tables, beyond reading and inserting. */
export interface LeastRights {
  readonly service: string;
  /** Tables whose rows may be deleted: rebuilt, expired or withdrawn ones. All other tables never lose a row. */
  readonly deletes: readonly string[];
  /** Tables whose rows are never updated either. */
  readonly appended: readonly string[];
  /** Tables that people write in their own scope; on all others, a policy without the system scope only allows reads. */
  readonly writtenByPeople: readonly string[];
  /** Replicas of other services' facts: everybody in this service reads them, only the system writes them. */
  readonly replicas: readonly string[];
}

/** Platform tables: parked and rebuilt rows are deleted again, stored answers after seven days. */
const machineryDeletes = ['timer', 'parked', 'inbox', 'idempotency', 'reached', 'roster_person', 'roster_organization'];
const machineryAppended = ['event', 'inbox', 'idempotency'];

/**
 * Nobody in this service changes what happened, not even the owner of the table. The only exception is the order in which
 * a log that was restored elsewhere is sent. A superuser is beyond triggers anyway.
 */
const appendOnly: readonly string[] = [
  `create function keep_event() returns trigger language plpgsql as $$
     begin
       if (select rolsuper from pg_roles where rolname = current_user) then return coalesce(new, old); end if;
       if tg_op = 'UPDATE' and to_jsonb(new) - 'xid' = to_jsonb(old) - 'xid' then return new; end if;
       raise exception 'the event log is append-only';
     end $$`,
  `create trigger append_only before update or delete on event for each row execute function keep_event()`,
  `create trigger never_emptied before truncate on event for each statement execute function keep_event()`,
];

/**
 * Grants each command separately: readers only read, and the application may update or delete only where its work does
 * so. New tables of a service start with all rights: their migration revokes what is not needed, and a test requires
 * their line.
 */
export function leastRights(rights: LeastRights): MigrationClass {
  return class LeastRights1764899000001 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      for (const sql of appendOnly) await runner.query(sql);
      await onlyReading(runner, rights);
      for (const sql of rights.replicas.flatMap(replicaPolicies)) await runner.query(sql);
      const app = `${rights.service}_app`;
      for (const table of await tablesOf(runner)) {
        const taken = takenOf(table, rights);
        await runner.query(`revoke ${taken.join(', ')} on "${table}" from ${app}`);
      }
      await runner.query(`grant update (xid) on event to ${app}`);
    }

    async down(): Promise<void> {
      await Promise.reject(new Error('rights that were taken stay taken'));
    }
  };
}

const inSystemScope = `(current_setting('app.scope', true) = 'system')`;

function replicaPolicies(table: string): readonly string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy read on ${table} for select using (true)`,
    `create policy told on ${table} for insert with check ${inSystemScope}`,
    `create policy changed on ${table} for update using ${inSystemScope} with check ${inSystemScope}`,
    `create policy forgotten on ${table} for delete using ${inSystemScope}`,
  ];
}

function takenOf(table: string, { deletes, appended }: LeastRights): readonly string[] {
  const may = [...machineryDeletes, ...deletes].includes(table);
  const keeps = [...machineryAppended, ...appended].includes(table);
  return ['truncate', 'references', 'trigger', ...(may ? [] : ['delete']), ...(keeps ? ['update'] : [])];
}

async function tablesOf(runner: QueryRunner): Promise<readonly string[]> {
  const rows = (await runner.query(
    `select tablename as name from pg_tables where schemaname = current_schema() order by 1`,
  )) as readonly { readonly name: string }[];
  return rows.map(({ name }) => name);
}

interface PolicyRow {
  readonly table: string;
  readonly name: string;
  readonly qual: string;
}

// An expression is shown under a lock of its table. The view pg_policies may read those of other schemas before it
// filters them out, and then services that start in parallel would deadlock.
const policiesForAll = `with mine as materialized (
    select oid, relname from pg_class where relnamespace = current_schema()::regnamespace)
  select mine.relname as "table", p.polname as name, pg_get_expr(p.polqual, p.polrelid) as qual
    from mine join pg_policy p on p.polrelid = mine.oid
   where p.polcmd = '*' and p.polqual is not null order by 1, 2`;

/** A policy for every command that was only ever meant for reads. */
async function onlyReading(runner: QueryRunner, { writtenByPeople }: LeastRights): Promise<void> {
  const found = (await runner.query(policiesForAll)) as readonly PolicyRow[];
  for (const { table, name, qual } of found) {
    if (writtenByPeople.includes(table) || qual.includes(`'system'`)) continue;
    await runner.query(`drop policy "${name}" on "${table}"`);
    await runner.query(`create policy "${name}" on "${table}" for select using (${qual})`);
  }
}
