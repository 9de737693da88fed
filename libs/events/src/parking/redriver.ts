import type { Tx } from '#persistence';
import type { IncomingMessage } from '../messages.ts';
import type { ReadingKit } from '../reading/delivery.ts';
import type { GroupReader } from '../reading/group-reader.ts';
import { Unreadable } from '../incoming/incoming.ts';
import { PollingWorker } from '../polling.ts';
import type { ParkedBecause } from './parked.ts';
import { dropStatement, givenUpStatement, headStatement, requestedStatement } from './parking.statements.ts';

const POLL_MS = 2_000;

export interface RedriverOptions extends ReadingKit {
  readonly readers: readonly GroupReader[];
  /** Called when a round ended early; the next round tries again. */
  readonly onTrouble: (error: unknown) => void;
}

interface ParkedKey {
  readonly group: string;
  readonly key: string;
}

/**
 * Reads the events of a parked key again, in order, until none is left or one fails. A person requests this; after a slow
 * event it happens automatically. New events of the key are still parked behind the last one. Each step holds the key's
 * lock, so no event overtakes.
 */
export class Redriver extends PollingWorker {
  private readonly byGroup: ReadonlyMap<string, GroupReader>;

  constructor(private readonly o: RedriverOptions) {
    super({ everyMs: POLL_MS, onTrouble: o.onTrouble });
    this.byGroup = new Map(o.readers.map((reader) => [reader.group, reader]));
  }

  protected get hasWork(): boolean {
    return this.byGroup.size > 0;
  }

  protected async round(): Promise<void> {
    for (const { group, key } of await this.requested()) await this.redriveKey({ group, key });
  }

  private requested(): Promise<readonly ParkedKey[]> {
    return this.inSystem((query) => query(requestedStatement, [[...this.byGroup.keys()], this.o.clock.now()]));
  }

  private async redriveKey(parked: ParkedKey): Promise<void> {
    const reader = this.byGroup.get(parked.group);
    while (!this.loop.stopped && reader !== undefined) {
      const head = await this.headOf(parked);
      if (head === undefined) return;
      const tried = await reader.readAgain(head, () => !this.loop.stopped);
      if (tried === 'unwanted') await this.inSystem((query) => query(dropStatement, [parked.group, head.eventId]));
      else if (tried instanceof Unreadable) return this.giveUp(parked, head.eventId, 'invalid', tried.message, 1);
      else if (tried.stopped) return;
      else if (tried.outcome.kind === 'unavailable') throw tried.outcome.cause;
      else if (tried.outcome.kind === 'slow') return this.giveUp(parked, head.eventId, 'slow', tried.outcome.reason, 1);
      else if (tried.outcome.kind === 'failed') {
        return this.giveUp(parked, head.eventId, 'failed', tried.outcome.reason, tried.attempts);
      }
    }
  }

  private async headOf({ group, key }: ParkedKey): Promise<(IncomingMessage & { eventId: string }) | undefined> {
    const rows = await this.inSystem((query) =>
      query(headStatement.reads<IncomingMessage & { eventId: string }>(), [group, key]),
    );
    return rows[0];
  }

  private async giveUp(
    { group, key }: ParkedKey,
    eventId: string,
    because: ParkedBecause,
    reason: string,
    attempts: number,
  ): Promise<void> {
    await this.inSystem((query) =>
      query(givenUpStatement, [group, key, eventId, because, reason, attempts, this.o.clock.now()]),
    );
  }

  private inSystem<T>(work: (query: Tx['query']) => Promise<T>): Promise<T> {
    return this.o.unitOfWork.run({ kind: 'system', key: '' }, (tx) => work(tx.query));
  }
}
