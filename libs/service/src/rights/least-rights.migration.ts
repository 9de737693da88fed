import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationClass } from '#persistence';

/** What of a service's tables its application may do beyond reading and adding. */
export interface LeastRights {
  readonly service: string;
  /** Tables whose rows may be deleted: what is rebuilt, swept or taken back. Of every other one none ever is. */
  readonly deletes: readonly string[];
  /** Tables of which nothing is changed either. */
  readonly appended: readonly string[];
  /** Tables that people write in their own scope; of all others a policy that does not name the house only reads. */
  readonly writtenByPeople: readonly string[];
  /** Copies of what others told: everybody here reads them, the house alone writes them. */
  readonly copies: readonly string[];
}

/** Of the machinery: what waits and what is made anew goes away again, answers after seven days. */
const machineryDeletes = ['timer', 'parked', 'inbox', 'idempotency', 'reached', 'roster_person', 'roster_organization'];
const machineryAppended = ['event', 'inbox', 'idempotency'];

/**
 * Nobody who works here changes what happened, the owner of the table neither: only the order in which a log that was
 * restored elsewhere is sent. A superuser is beyond triggers anyway.
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
 * Each command gets its own right: readers only read, and the application may change or delete where its work does. New
 * tables of a service come with all rights: their migration takes back what is not needed, and a test asks for their line.
 */
export function leastRights(rights: LeastRights): MigrationClass {
  return class LeastRights1764899000001 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      for (const sql of appendOnly) await runner.query(sql);
      await onlyReading(runner, rights);
      for (const sql of rights.copies.flatMap(replicaPolicies)) await runner.query(sql);
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

// An expression is shown under a lock of its table. The view pg_policies may show those of other schemas as well before
// it leaves them out, and services that start at once would then wait for each other in a circle.
const policiesForAll = `with mine as materialized (
    select oid, relname from pg_class where relnamespace = current_schema()::regnamespace)
  select mine.relname as "table", p.polname as name, pg_get_expr(p.polqual, p.polrelid) as qual
    from mine join pg_policy p on p.polrelid = mine.oid
   where p.polcmd = '*' and p.polqual is not null order by 1, 2`;

/** A policy that was for every command, and was only ever meant for readers. */
async function onlyReading(runner: QueryRunner, { writtenByPeople }: LeastRights): Promise<void> {
  const found = (await runner.query(policiesForAll)) as readonly PolicyRow[];
  for (const { table, name, qual } of found) {
    if (writtenByPeople.includes(table) || qual.includes(`'system'`)) continue;
    await runner.query(`drop policy "${name}" on "${table}"`);
    await runner.query(`create policy "${name}" on "${table}" for select using (${qual})`);
  }
}
