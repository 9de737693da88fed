import type { InstantText } from '#contracts';
import { statement, type Tx } from '#persistence';
import { lastOfEach, removalsJson, removeTimers, setTimers, timersJson } from './timer-sql.ts';
import type { DueTimer, TimerChange } from './timer.ts';

const set = statement('set-timers', setTimers('$1::text', '$2'));
const remove = statement('remove-timers', removeTimers('$1'));
const settle = statement('settle-timer', 'delete from timer where kind = $1 and subject = $2 and due_at = $3');
const parked = statement(
  'parked-timers',
  `select kind, subject, key, due_at as "dueAt", attempts, parked_at as "parkedAt", reason
   from timer where parked_at is not null order by parked_at, kind, subject limit $1`,
);
const redrive = statement(
  'redrive-timer',
  `update timer set parked_at = null, reason = null, attempts = 0, claimed_until = null, next_at = due_at
   where kind = $1 and subject = $2 and parked_at is not null returning kind`,
);

/** A timer that is tried no more until a person redrives it. `reason` holds no client data. */
export interface ParkedTimer {
  readonly kind: string;
  readonly subject: string;
  readonly key: string;
  readonly dueAt: InstantText;
  readonly attempts: number;
  readonly parkedAt: InstantText;
  readonly reason: string;
}

/** Sets and settles timers inside a transaction of the caller. A timer is a row: it survives whatever restarts. */
export class Timers {
  /** @param scheduled called after a commit that set timers: wakes the timer worker. */
  constructor(private readonly scheduled: () => void = () => undefined) {}

  /** Sets, moves and removes timers of the stream `key`; of two changes of one timer the last counts. */
  async schedule(tx: Tx, key: string, changes: readonly TimerChange[]): Promise<void> {
    const each = lastOfEach(changes);
    const toSet = each.filter((change) => change.dueAt !== null);
    const toRemove = each.filter((change) => change.dueAt === null);
    if (toSet.length > 0) {
      await tx.query(set, [key, timersJson(toSet)]);
      tx.afterCommit(this.scheduled);
    }
    if (toRemove.length > 0) await tx.query(remove, [removalsJson(toRemove)]);
  }

  /**
   * The timer did its work, or its state moved on and it was refused: gone, unless it was moved to another instant
   * meanwhile. In the transaction of the firing command, so that it is done exactly once.
   */
  async settle(tx: Tx, timer: DueTimer): Promise<void> {
    await tx.query(settle, [timer.kind, timer.subject, timer.dueAt]);
  }

  /** Oldest first. */
  async parked(tx: Tx, limit = 100): Promise<readonly ParkedTimer[]> {
    return tx.query<ParkedTimer>(parked, [limit]);
  }

  /** Tries a parked timer again from its first attempt on. False when there is none. */
  async redrive(tx: Tx, timer: { readonly kind: string; readonly subject: string }): Promise<boolean> {
    const found = await tx.query(redrive, [timer.kind, timer.subject]);
    if (found.length > 0) tx.afterCommit(this.scheduled);
    return found.length > 0;
  }
}
