import { statement, type StatementNamed } from '#persistence';
import type { Projected } from './projected.ts';

export const askStatement = statement(
  'rebuild ask',
  `insert into rebuild (rebuild_id, group_name, state, asked_by, asked_at) values ($1, $2, 'running', $3, $4)
   on conflict (group_name) where state = 'running' do nothing`,
);

export const runningStatement = statement(
  'rebuild running',
  `select rebuild_id as "rebuildId" from rebuild where group_name = $1 and state = 'running'`,
).reads<{ rebuildId: string }>();

export const listRebuildsStatement = statement(
  'rebuild list',
  `select rebuild_id as "rebuildId", group_name as "group", state, streams, events::int as events, faults,
     fault_list as "faultList", waiting, asked_at as "askedAt", ended_at as "endedAt"
   from rebuild where $1::uuid is null or rebuild_id < $1 order by rebuild_id desc limit $2`,
);

export const openRebuildsStatement = statement(
  'rebuild open',
  `select rebuild_id as "rebuildId", group_name as "group", source, after_key as "afterKey" from rebuild
    where state = 'running' and group_name = any ($1::text[]) order by rebuild_id`,
);

/**
 * No row: another process working on the same rebuild was faster. Nothing is lost, because a stream may be rebuilt twice.
 */
export const advanceStatement = statement(
  'rebuild advance',
  `update rebuild set source = $4, after_key = $5, streams = streams + $6::int, events = events + $7::int, waiting = null,
     faults = faults + jsonb_array_length($8::jsonb),
     fault_list = (select coalesce(jsonb_agg(f order by n), '[]')
                     from jsonb_array_elements(fault_list || $8::jsonb) with ordinality as l (f, n) where n <= 20)
    where rebuild_id = $1 and state = 'running' and source is not distinct from $2 and after_key = $3`,
);

/** Unless another process has already ended it. */
export const waitingStatement = statement(
  'rebuild waiting',
  `update rebuild set waiting = $2 where rebuild_id = $1 and state = 'running'`,
);

export const endStatement = statement(
  'rebuild end',
  `update rebuild set state = case when faults = 0 then 'done' else 'incomplete' end, waiting = null, ended_at = $2
    where rebuild_id = $1 and state = 'running'`,
);

/**
 * Locks what the group has reached of these streams until the transaction ends: a live reader's transaction writes the
 * same rows, so the two take turns. Returns how far the live reader is.
 */
export const holdReachedStatement = statement(
  'rebuild hold',
  `insert into reached (group_name, source, key, version)
   select $1, $2, key, 0 from unnest($3::text[]) as key order by key
   on conflict (group_name, source, key) do update set version = reached.version
   returning key, version`,
).reads<{ key: string; version: number }>();

/** Rebuilt events count as handled: the live reader skips them, and nobody needs to redrive them. */
export const keepBooksStatement = statement(
  'rebuild books',
  `with given as (
     select * from unnest($3::uuid[], $5::text[], $6::int[]) as g (event_id, key, version)
   ), known as (
     insert into inbox (group_name, event_id, handled_at)
     select $1, event_id, $4::timestamptz from given where event_id is not null order by event_id
     on conflict do nothing
   ), freed as (
     delete from parked where group_name = $1 and event_id in (select event_id::text from given)
   )
   insert into reached (group_name, source, key, version)
   select $1, $2, key, max(version) from given group by key order by key
   on conflict (group_name, source, key) do update set version = greatest(reached.version, excluded.version)`,
);

export type ForgetStatement = StatementNamed<`forget ${string} of ${string}`>;

/** Deletes what a group wrote for the streams `$1`. */
export function forgetStatements({ group, tables }: Projected): readonly ForgetStatement[] {
  return tables.map(({ table, stream, through }, n) => {
    const streams = `${stream} = any ($1::uuid[])`;
    const theirs =
      through === undefined
        ? streams
        : `${through.column} in (select o.${through.column} from ${through.table} o where o.${streams})`;
    return statement(`forget ${n} of ${group}`, `delete from ${table} where ${theirs}`);
  });
}

/** Deletes rows of streams that the group has never read: no log contains these streams. */
export function sweepStatements({
  group,
  tables,
}: Projected): readonly StatementNamed<`sweep ${string} of ${string}`>[] {
  return tables.map(({ table, stream, through }, n) => {
    const others = through === undefined ? '' : ` join ${through.table} o on o.${stream}::text = r.key`;
    const spoken = through === undefined ? `r.key = w.${stream}::text` : `o.${through.column} = w.${through.column}`;
    return statement(
      `sweep ${n} of ${group}`,
      `delete from ${table} w where not exists (select from reached r${others} where r.group_name = $1 and ${spoken})`,
    );
  });
}
