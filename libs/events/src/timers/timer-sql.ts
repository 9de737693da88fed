import type { TimerChange } from './timer.ts';

/**
 * Upsert of timers. A timer that is set again for the same instant keeps what happened to it (claim, attempts, parking);
 * a moved one begins anew. `and` adds to the FROM list.
 */
export function setTimers(key: string, changes: string, and = ''): string {
  const kept = (column: string, otherwise: string): string =>
    `${column} = case when timer.due_at = excluded.due_at then timer.${column} else ${otherwise} end`;
  return `insert into timer (kind, subject, key, due_at, payload, next_at)
    select t.kind, t.subject, ${key}, t.due_at, t.payload, t.due_at
    from jsonb_to_recordset(${changes}::jsonb) as t(kind text, subject text, due_at timestamptz, payload jsonb)${and}
    on conflict (kind, subject) do update set key = excluded.key, due_at = excluded.due_at, payload = excluded.payload,
      ${kept('next_at', 'excluded.due_at')}, ${kept('attempts', '0')}, ${kept('claimed_until', 'null')},
      ${kept('parked_at', 'null')}, ${kept('reason', 'null')}`;
}

export function removeTimers(changes: string, and = ''): string {
  return `delete from timer using jsonb_to_recordset(${changes}::jsonb) as t(kind text, subject text)${and}
    where timer.kind = t.kind and timer.subject = t.subject`;
}

/** Of several changes of one timer the last counts. In one order, so that two commands never lock crosswise. */
export function lastOfEach(changes: readonly TimerChange[]): readonly TimerChange[] {
  const last = new Map(changes.map((each) => [`${each.kind} ${each.subject}`, each]));
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

export function timersJson(changes: readonly TimerChange[]): string {
  return JSON.stringify(
    changes.map(({ kind, subject, dueAt, payload }) => ({ kind, subject, due_at: dueAt, payload: payload ?? {} })),
  );
}

export function removalsJson(changes: readonly TimerChange[]): string {
  return JSON.stringify(changes.map(({ kind, subject }) => ({ kind, subject })));
}
