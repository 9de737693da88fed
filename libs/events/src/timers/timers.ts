import { statement, type Tx } from '#persistence';
import { lastOfEach, removalsJson, removeTimers, setTimers, timersJson } from './timer-sql.ts';
import type { DueTimer, TimerChange } from './timer.ts';

const set = statement('set-timers', setTimers('$1::text', '$2'));
const remove = statement('remove-timers', removeTimers('$1'));
const settle = statement('settle-timer', 'delete from timer where kind = $1 and subject = $2 and due_at = $3');
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
}
