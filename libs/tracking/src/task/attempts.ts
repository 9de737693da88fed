import type { ContactChannel, InstantText, TaskProgressed } from '#contracts';
import { minute, plus } from '../instant.ts';

/** The clock of somebody who reports immediately what happened may differ from ours by this much, in either direction. */
export const clockSkew = minute;

/** Attempts to contact the client since the acceptance, or since the client was last reached (domain.md §2.6). */
export interface ContactAttempts {
  readonly count: number;
  readonly channels: readonly ContactChannel[];
  readonly since: InstantText | null;
  /** Absent in rows from before the span counted to the last attempt. */
  readonly last?: InstantText | null;
  /** Each of them, so that one reported twice counts once. */
  readonly made?: readonly { readonly at: InstantText; readonly channel: ContactChannel | null }[];
}

export const noAttempts: ContactAttempts = { count: 0, channels: [], since: null, last: null, made: [] };

/**
 * The attempts after a progress report. Reaching the client starts the count again. An
 * attempt from before the agency accepted the Task, or one that is reported again, does not count.
 */
export function attemptsAfter(
  { attempts, acceptedAt }: { readonly attempts: ContactAttempts; readonly acceptedAt: InstantText | null },
  event: TaskProgressed,
): ContactAttempts {
  if (event.kind !== 'contact-attempted') return attempts;
  if (event.reached === true) return noAttempts;
  const { at, channel = null } = event;
  const { channels, since, last = since, made = [] } = attempts;
  const counted = made.some((each) => each.at === at && each.channel === channel);
  if (counted || (acceptedAt !== null && at < plus(acceptedAt, -clockSkew))) return attempts;
  return {
    count: attempts.count + 1,
    channels: channel === null || channels.includes(channel) ? channels : [...channels, channel],
    since: since === null || at < since ? at : since,
    last: last === null || at > last ? at : last,
    made: [...made, { at, channel }],
  };
}

/** What readers see of the attempts. */
export function attemptsShown({ count, channels, since, last = since }: ContactAttempts): {
  readonly count: number;
  readonly channels: readonly ContactChannel[];
  readonly since: InstantText | null;
  readonly last: InstantText | null;
} {
  return { count, channels, since, last };
}
