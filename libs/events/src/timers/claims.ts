import type { InstantText } from '#contracts';
import { statement, type Tx } from '#persistence';
import type { DueTimer } from './timer.ts';

// Claims are made one after the other (they are short), so that each sees which streams another worker has in hand.
const takeTurn = statement(
  'claim-timers-turn',
  `select pg_advisory_xact_lock(hashtextextended('timers ' || current_schema(), 0))`,
);
// Skip what a command is just moving or settling: it has no order to keep (traps.md 39).
const claim = statement(
  'claim-timers',
  `update timer set claimed_until = $2::timestamptz
   from (select kind, subject from timer d
     where d.kind = any($3::text[]) and d.parked_at is null and d.next_at <= $1::timestamptz
       and not exists (select 1 from timer o where o.key = d.key and o.claimed_until > $1::timestamptz)
     order by d.due_at, d.kind, d.subject limit $4::int for update skip locked) due
   where timer.kind = due.kind and timer.subject = due.subject
   returning timer.kind, timer.key, timer.subject, timer.due_at as "dueAt", timer.payload, timer.attempts`,
);
const finish = statement(
  'finish-timer',
  `delete from timer where kind = $1 and subject = $2 and due_at = $3 and claimed_until = $4`,
);
const release = statement(
  'release-timers',
  `update timer set claimed_until = null from unnest($1::text[], $2::text[]) as mine(kind, subject)
   where timer.kind = mine.kind and timer.subject = mine.subject and timer.claimed_until = $3`,
);
const postpone = statement(
  'postpone-timer',
  `update timer set claimed_until = null, attempts = $5::int, next_at = $6, parked_at = $7, reason = $8
   where kind = $1 and subject = $2 and due_at = $3 and claimed_until = $4`,
);

/** Due timers of these kinds, by due time, of streams in nobody's hand; they are the caller's until then. */
export async function claimTimers(
  tx: Tx,
  by: {
    readonly now: InstantText;
    readonly until: InstantText;
    readonly kinds: readonly string[];
    readonly limit: number;
  },
): Promise<readonly DueTimer[]> {
  await tx.query(takeTurn);
  const claimed = await tx.query<DueTimer>(claim, [by.now, by.until, by.kinds, by.limit]);
  return [...claimed].sort((a, b) => (a.dueAt === b.dueAt ? order(a.kind, b.kind) : order(a.dueAt, b.dueAt)));
}

/** Removes a fired timer that did not settle itself, if it is still the one that was claimed. */
export async function finishTimer(tx: Tx, timer: DueTimer, until: InstantText): Promise<void> {
  await tx.query(finish, [timer.kind, timer.subject, timer.dueAt, until]);
}

/** Gives back what was claimed and not begun. */
export async function releaseTimers(tx: Tx, timers: readonly DueTimer[], until: InstantText): Promise<void> {
  await tx.query(release, [timers.map((each) => each.kind), timers.map((each) => each.subject), until]);
}

/** Gives a failed timer back, if it is still the one that was claimed. */
export async function postponeTimer(
  tx: Tx,
  timer: DueTimer,
  to: {
    readonly until: InstantText;
    readonly attempts: number;
    readonly nextAt: InstantText;
    readonly parkedAt: InstantText | null;
    readonly reason: string;
  },
): Promise<void> {
  await tx.query(postpone, [
    timer.kind,
    timer.subject,
    timer.dueAt,
    to.until,
    to.attempts,
    to.nextAt,
    to.parkedAt,
    to.reason,
  ]);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
