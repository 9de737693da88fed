import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';
import { askResendStatement, listResendsStatement, runningResendStatement } from './resend.statements.ts';

/** Where in the log a resend begins: at its start, at a position of `/lag`, or at what happened since an instant. */
export type ResendFrom = { readonly all: true } | { readonly fromPosition: string } | { readonly since: InstantText };

/** A resend as a person sees it. */
export interface ResendView {
  readonly resendId: string;
  /** `all`, `position 17` or `since 2026-11-28T00:00:00.000Z`. */
  readonly begins: string;
  readonly state: 'running' | 'done';
  /** Events that are to be sent again, and that were. */
  readonly total: number;
  readonly sent: number;
  /** What it waits for; null when it goes on, or has ended. */
  readonly waiting: string | null;
  readonly askedAt: InstantText;
  readonly endedAt: InstantText | null;
}

export interface ResendAsked {
  readonly resendId: string;
  readonly from: ResendFrom;
  readonly askedBy: string;
  readonly now: InstantText;
}

/**
 * Parts of this service's log that are to be sent once more, for a topic that was lost. Asked for by a person, done by
 * whichever process leads the relay, beside what is new; readers know by their inboxes what they have had.
 */
export class Resends {
  /** @param requested called after the commit of a request: wakes the relay. */
  constructor(private readonly requested: () => void = () => undefined) {}

  /** Asks for a resend, unless the same one is running. Gives back the id of the one that is. */
  async ask(tx: Tx, { resendId, from, askedBy, now }: ResendAsked): Promise<string> {
    const begins = wordsOf(from);
    const position = 'fromPosition' in from ? from.fromPosition : null;
    const since = 'since' in from ? from.since : null;
    await tx.query(askResendStatement, [resendId, begins, position, since, askedBy, now]);
    const [running] = await tx.query<{ resendId: string }>(runningResendStatement, [begins]);
    tx.afterCommit(this.requested);
    return running?.resendId ?? resendId;
  }

  /** The newest first; `before` is the resendId of the last one seen. */
  list(tx: Tx, page: { readonly before?: string; readonly limit: number }): Promise<readonly ResendView[]> {
    return tx.query<ResendView>(listResendsStatement, [page.before ?? null, page.limit]);
  }
}

function wordsOf(from: ResendFrom): string {
  if ('fromPosition' in from) return `position ${from.fromPosition}`;
  return 'since' in from ? `since ${from.since}` : 'all';
}
