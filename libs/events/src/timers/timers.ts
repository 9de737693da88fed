import { statement, type Tx } from '#persistence';
import { lastOfEach, removalsJson, removeTimers, setTimers, timersJson, type KeyedChange } from './timer-sql.ts';
import type { DueTimer, TimerChange } from './timer.ts';

const set = statement('set-timers', setTimers('$1'));
const remove = statement('remove-timers', removeTimers('$1'));
const settle = statement(
  'settle-timer',
  'delete from timer where kind = $1 and subject = $2 and place = $3 returning kind',
);

/** Sets and settles timers inside the caller's transaction. A timer is a row, so it survives every restart. */
export class Timers {
  /** @param scheduled called after a commit that set timers: wakes the timer worker. */
  constructor(private readonly scheduled: () => void = () => undefined) {}

  /** Sets, moves and removes timers of the stream `key`; of two changes of one timer the last one counts. */
  schedule(tx: Tx, key: string, changes: readonly TimerChange[]): Promise<void> {
    return this.scheduleEach(
      tx,
      changes.map((change) => ({ key, change })),
    );
  }

  /** The same for timers of several streams, in one round trip. */
  async scheduleEach(tx: Tx, changes: readonly KeyedChange[]): Promise<void> {
    const each = lastOfEach(changes);
    const toSet = each.filter(({ change }) => change.dueAt !== null);
    const toRemove = each.filter(({ change }) => change.dueAt === null);
    if (toSet.length > 0) {
      await tx.query(set, [timersJson(toSet)]);
      tx.afterCommit(this.scheduled);
    }
    if (toRemove.length > 0) await tx.query(remove, [removalsJson(toRemove)]);
  }

  /**
   * Removes a timer that did its work, or that was refused because the state moved on, unless it was set again meanwhile.
   * Call it in the transaction of the firing command, after everything else that the command waits for, so that the timer
   * acts exactly once. False if it is already gone: another worker did its work.
   */
  async settle(tx: Tx, timer: DueTimer): Promise<boolean> {
    return (await tx.query(settle, [timer.kind, timer.subject, timer.place])).length > 0;
  }
}
