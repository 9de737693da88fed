import type { DomainEvent, InstantText } from '#contracts';
import type { RowWrite, TimerChange } from '#events';
import type { Problem } from '../problems/problem.ts';

/** The result of a command's work. Refused: nothing is written, and the problem is the answer. */
export type CommandResult = { readonly kind: 'refused'; readonly problem: Problem } | Done;

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
  /** The thing before the command, compared with If-Match. */
  readonly current?: { readonly version: number; readonly state: string | null };
  /**
   * When it was decided. The events get this instant, so that folding them gives the rows; without it they get the instant
   * at which they are written.
   */
  readonly at?: InstantText;
  readonly events: readonly { readonly event: DomainEvent; readonly subject: string }[];
  readonly rows?: readonly RowWrite[];
  readonly timers?: readonly TimerChange[];
}
