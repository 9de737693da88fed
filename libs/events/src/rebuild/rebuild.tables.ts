/**
 * Requested rebuilds, in each service's schema. `source` and `after_key` record the progress: every stream of that
 * service's log up to this key is done. No tenant policy, because there is no client data.
 */
export const rebuildTables: readonly string[] = [
  `create table rebuild (
    rebuild_id uuid primary key,
    group_name text not null,
    state text not null check (state in ('running', 'done', 'incomplete')),
    source text,
    after_key text not null default '',
    streams int not null default 0,
    events bigint not null default 0,
    faults int not null default 0,
    fault_list jsonb not null default '[]',
    waiting text,
    asked_by uuid not null,
    asked_at timestamptz(3) not null,
    ended_at timestamptz(3)
  )`,
  // one at a time per group: a second request gets the id of the running one
  `create unique index rebuild_running on rebuild (group_name) where state = 'running'`,
];
