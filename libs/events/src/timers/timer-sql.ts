import { atOnce, type TimerChange } from './timer.ts';

/**
 * Upserts timers. A timer that is set again for the same instant keeps its attempts and its parking; a timer that is
 * moved or due immediately starts again. `and` adds to the FROM list.
 */
export function setTimers(changes: string, and = ''): string {
  const kept = (column: string, otherwise: string): string =>
    `${column} = case when timer.due_at = excluded.due_at and isfinite(timer.due_at) then timer.${column} else ${otherwise} end`;
  return `insert into timer (kind, subject, key, due_at, payload, next_at, pause_ms)
    select t.kind, t.subject, t.key, t.due_at, t.payload, t.due_at, t.pause_ms
    from jsonb_to_recordset(${changes}::jsonb)
      as t(kind text, subject text, key text, due_at timestamptz, payload jsonb, pause_ms int)${and}
    on conflict (kind, subject) do update set key = excluded.key, due_at = excluded.due_at, payload = excluded.payload,
      ${kept('next_at', 'excluded.next_at')}, ${kept('pause_ms', 'excluded.pause_ms')}, ${kept('attempts', '0')},
      ${kept('place', 'excluded.place')}, ${kept('parked_at', 'null')}, ${kept('reason', 'null')}`;
}

export function removeTimers(changes: string, and = ''): string {
  return `delete from timer using jsonb_to_recordset(${changes}::jsonb) as t(kind text, subject text)${and}
    where timer.kind = t.kind and timer.subject = t.subject`;
}

/** A change of a timer, and the stream that the timer belongs to. */
export interface KeyedChange {
  readonly key: string;
  readonly change: TimerChange;
}

/** Of several changes of one timer the last one counts. They are sorted, so that two transactions never deadlock. */
export function lastOfEach(changes: readonly KeyedChange[]): readonly KeyedChange[] {
  const last = new Map(changes.map((each) => [`${each.change.kind} ${each.change.subject}`, each]));
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, keyed]) => keyed);
}

export function timersJson(changes: readonly KeyedChange[]): string {
  return JSON.stringify(
    changes.map(({ key, change: { kind, subject, dueAt, payload, pauseMs } }) => {
      const due_at = dueAt === atOnce ? '-infinity' : dueAt;
      return { kind, subject, key, due_at, payload: payload ?? {}, pause_ms: pauseMs ?? null };
    }),
  );
}

export function removalsJson(changes: readonly KeyedChange[]): string {
  return JSON.stringify(changes.map(({ change: { kind, subject } }) => ({ kind, subject })));
}
