import type { InstantText } from '#contracts';
import type { Tx, ValuesOf } from '#persistence';
import type { IncomingMessage } from '../messages.ts';
import { streamPlaceOf } from '../incoming/incoming.ts';
import { keyLockStatement } from '../inbox/inbox.statements.ts';
import {
  discardStatement,
  discardTimerStatement,
  listDiscardedStatement,
  parkedRowStatement,
} from './discard.statements.ts';

/** Who gives up a parked event or timer, and why. */
export interface DiscardWord {
  readonly reason: string;
  readonly note: string | null;
  readonly by: string;
  readonly now: InstantText;
}

/** What was given up, and by whom. */
export interface DiscardedView {
  readonly kind: 'event' | 'timer';
  readonly parkedId: string;
  readonly group: string;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly key: string;
  readonly parkedBecause: string;
  readonly attempts: number;
  readonly firstAt: InstantText;
  /** The place of its message; null for a timer. */
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: string | null;
  readonly reason: string;
  readonly note: string | null;
  readonly discardedBy: string;
  readonly discardedAt: InstantText;
}

/** `behind`: an earlier event of its key is parked, and must be discarded or redriven first. */
export type Discarded = 'discarded' | 'behind' | 'absent';

interface ParkedRow extends Omit<IncomingMessage, 'key'> {
  readonly group: string;
  readonly key: string;
  readonly messageKey: string | null;
}

/** Parked events and timers that can never be handled. A person gives them up, so that the events behind them continue. */
export class Discards {
  /** @param requested called after a commit that freed the later events of a key: wakes the strategy. */
  constructor(private readonly requested: () => void = () => undefined) {}

  async discard(tx: Tx, parkedId: string, { reason, note, by, now }: DiscardWord): Promise<Discarded> {
    const word: ValuesOf<typeof discardTimerStatement> = [parkedId, reason, note, by, now];
    const [found] = await tx.query(parkedRowStatement.reads<ParkedRow>(), [parkedId]);
    if (found === undefined) {
      return (await tx.query(discardTimerStatement, word)).length > 0 ? 'discarded' : 'absent';
    }
    // a running redrive ends first; what it handled is then no longer parked
    await tx.query(keyLockStatement, [found.group, found.key]);
    const { source = null, version = null } = streamPlaceOf({ ...found, key: found.messageKey }) ?? {};
    const gone = await tx.query(discardStatement, [...word, source, version]);
    if (gone.length > 0) {
      tx.afterCommit(this.requested);
      return 'discarded';
    }
    return (await tx.query(parkedRowStatement.reads<ParkedRow>(), [parkedId])).length > 0 ? 'behind' : 'absent';
  }

  /** Newest first; `before` is the last one seen. */
  list(
    tx: Tx,
    page: { readonly before?: { readonly at: string; readonly id: string }; readonly limit: number },
  ): Promise<readonly DiscardedView[]> {
    const { before, limit } = page;
    return tx.query(listDiscardedStatement.reads<DiscardedView>(), [before?.at ?? null, before?.id ?? null, limit]);
  }
}
