import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';
import { askResendStatement, listResendsStatement, runningResendStatement } from './resend.statements.ts';

/** Where in the log a resend begins: at its start, at a position from `/lag`, or at the first event since an instant. */
export type ResendFrom = { readonly all: true } | { readonly fromPosition: string } | { readonly since: InstantText };

/** A resend as a person sees it. */
export interface ResendView {
  readonly resendId: string;
  /** `all`, `position 17` or `since 2026-11-28T00:00:00.000Z`. */
  readonly begins: string;
  readonly state: 'running' | 'done';
  /** Events to send again, and events sent so far. */
  readonly total: number;
  readonly sent: number;
  /** What it is waiting for; null while it runs or after its end. */
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
 * Parts of this service's log to send again, for a topic that was lost. A person requests a resend; the process that
 * leads the relay does it, beside the new events. Readers recognise in their inboxes what they have already handled.
 */
export class Resends {
  /** @param requested called after the commit of a request: wakes the relay. */
  constructor(private readonly requested: () => void = () => undefined) {}

  /** Requests a resend. If the same one is already running, returns the id of that one. */
  async ask(tx: Tx, { resendId, from, askedBy, now }: ResendAsked): Promise<string> {
    const begins = wordsOf(from);
    const position = 'fromPosition' in from ? from.fromPosition : null;
    const since = 'since' in from ? from.since : null;
    await tx.query(askResendStatement, [resendId, begins, position, since, askedBy, now]);
    const [running] = await tx.query(runningResendStatement, [begins]);
    tx.afterCommit(this.requested);
    return running?.resendId ?? resendId;
  }

  /** Newest first; `before` is the resendId of the last one seen. */
  list(tx: Tx, page: { readonly before?: string; readonly limit: number }): Promise<readonly ResendView[]> {
    return tx.query(listResendsStatement.reads<ResendView>(), [page.before ?? null, page.limit]);
  }
}

function wordsOf(from: ResendFrom): string {
  if ('fromPosition' in from) return `position ${from.fromPosition}`;
  return 'since' in from ? `since ${from.since}` : 'all';
}
