import type { Tx } from '#persistence';
import type { Ids } from '../clock.ts';
import type { IncomingMessage } from '../messages.ts';
import type { ReadingKit } from '../reading/delivery.ts';
import { idOf, laneOf, placeOf, storable, typeOf } from '../incoming/incoming.ts';
import { isParkedStatement, keyLockStatement } from '../inbox/inbox.statements.ts';
import type { ParkedBecause } from './parked.ts';
import { parkStatement, passesStatement } from './parking.statements.ts';

/** Called after a parked event is stored: for logs and metrics. Contains only ids and reasons. */
export interface ParkedNotice {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly eventId: string;
  readonly type: string | null;
  readonly key: string;
  readonly because: ParkedBecause;
  readonly reason: string;
  readonly attempts: number;
}

export interface ParkingOptions extends ReadingKit {
  readonly ids: Ids;
  readonly onParked?: (parked: ParkedNotice) => void;
}

/** The reason that a person will read. `attempts`: how often the handler refused the event. */
export type Why = Pick<ParkedNotice, 'because' | 'reason' | 'attempts'>;

/** Parks events, each in its own transaction, with the whole message: a redrive does not need the topic. */
export class Parking {
  constructor(private readonly o: ParkingOptions) {}

  async park(group: string, message: IncomingMessage, why: Why): Promise<void> {
    await this.inKeyLock(group, message, (tx) => this.add(tx, group, message, why));
  }

  /** Parks the event because its key is parked. False if the key is free again: then the event can be handled. */
  async parkBehind(group: string, message: IncomingMessage): Promise<boolean> {
    const why: Why = { because: 'waits', reason: 'an earlier event of its key is parked', attempts: 0 };
    return this.inKeyLock(group, message, async (tx) => {
      // a separate statement after the lock, so that it sees a redrive that freed the key
      const [found] = await tx.query(isParkedStatement, [group, laneOf(message)]);
      if (found?.parked !== true) return false;
      await this.add(tx, group, message, why);
      return true;
    });
  }

  private inKeyLock<T>(group: string, message: IncomingMessage, work: (tx: Tx) => Promise<T>): Promise<T> {
    const key = laneOf(message);
    return this.o.unitOfWork.run({ kind: 'system', key }, async (tx) => {
      await tx.query(keyLockStatement, [group, key]);
      return work(tx);
    });
  }

  private async add(tx: Tx, group: string, message: IncomingMessage, why: Why): Promise<void> {
    const { topic, partition, offset } = message;
    const key = laneOf(message);
    const eventId = idOf(message);
    const type = typeOf(message);
    const now = this.o.clock.now();
    const notice = { group, topic, partition, offset, eventId, type: type ?? null, key, ...why };
    const rows = await tx.query(parkStatement, [
      this.o.ids.next(),
      group,
      key,
      eventId,
      type === undefined ? null : storable(type),
      why.because,
      storable(why.reason),
      why.attempts,
      now,
      topic,
      partition,
      offset,
      message.key === null ? null : storable(message.key),
      JSON.stringify(Object.fromEntries(Object.entries(message.headers).map((pair) => pair.map(storable)))),
      storable(message.value),
      eventId === placeOf(message) ? null : eventId,
    ]);
    if (rows.length > 0 && !(await this.passes(tx, group, key))) tx.afterCommit(() => this.o.onParked?.(notice));
  }

  private async passes(tx: Tx, group: string, key: string): Promise<boolean> {
    const [head] = await tx.query(passesStatement, [group, key]);
    return head?.passes === true;
  }
}
