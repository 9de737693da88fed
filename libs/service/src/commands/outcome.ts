import type { DomainEvent, InstantText } from '#contracts';
import type { RowWrite, TimerChange } from '#events';
import type { Problem } from '../problems/problem.ts';

/** What the work of a command came to. Refused: nothing is written, the problem is the answer. */
export type Outcome = { readonly kind: 'refused'; readonly problem: Problem } | Done;

export interface Done {
  readonly kind: 'done';
  /** Default 200. */
  readonly status?: number;
  /** Without client data and free text (contract.md §1): it is stored under the idempotency key. */
  readonly body: unknown;
  /** The version of the thing after the command: its ETag. */
  readonly version?: number;
  /** A path such as `/api/referrals/referrals/<id>`. */
  readonly location?: string;
  /** The thing as it stood before, to hold against If-Match. */
  readonly current?: { readonly version: number; readonly state: string | null };
  /**
   * When it was decided. The events are of that instant, so that who folds them comes to the rows; without it they are of
   * the moment in which they are written.
   */
  readonly at?: InstantText;
  readonly events: readonly { readonly event: DomainEvent; readonly subject: string }[];
  readonly rows?: readonly RowWrite[];
  readonly timers?: readonly TimerChange[];
}
