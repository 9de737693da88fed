import type { DeliveryReason, InstantText, NotificationDelivered, NotificationFailed } from '#contracts';
import { delivered, failed, type Delivery } from './delivery.ts';

/** Why an attempt failed; `final`: no other attempt follows. */
export interface Failure {
  readonly reason: DeliveryReason;
  readonly final: boolean;
}

/** What the mail server answered to one attempt. */
export type AttemptResult = 'accepted' | Failure;

/** A delivery after one more attempt: its row, its event, and when the next attempt is due, if there is one. */
export interface Attempted {
  readonly delivery: Delivery;
  readonly fact: NotificationDelivered | NotificationFailed;
  readonly nextAt: InstantText | null;
  /** How long until then, in milliseconds. */
  readonly pauseMs?: number;
}

const minutes = 60_000;
const hours = 60 * minutes;
// The first pauses bridge a restart and greylisting (a server that lets unknown senders wait); the last ones an evening at the weekend.
const pauses = [minutes, 5 * minutes, 15 * minutes, hours, 4 * hours, 12 * hours, 24 * hours];

/** The number of attempts before a delivery fails for good. */
export const mostAttempts = pauses.length + 1;

export function attempted(before: Delivery, result: AttemptResult, now: InstantText): Attempted {
  const attempts = before.attempts + 1;
  if (result === 'accepted') {
    const delivery: Delivery = { ...before, attempts, state: 'sent', at: now, reason: null };
    return { delivery, fact: delivered(delivery), nextAt: null };
  }
  const pause = result.final ? undefined : pauses[before.attempts];
  const nextAt = pause === undefined ? null : new Date(Date.parse(now) + pause).toISOString();
  const { reason } = result;
  const delivery: Delivery = { ...before, attempts, state: nextAt === null ? 'failed' : 'waiting', at: now, reason };
  return { delivery, fact: failed(delivery, reason), nextAt, ...(pause === undefined ? {} : { pauseMs: pause }) };
}
