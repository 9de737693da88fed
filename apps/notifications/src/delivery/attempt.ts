import type { DeliveryReason, InstantText, NotificationDelivered, NotificationFailed } from '#contracts';
import { delivered, failed, type Delivery } from './delivery.ts';

/** Why an attempt failed; `final`: no other will be made. */
export interface Failure {
  readonly reason: DeliveryReason;
  readonly final: boolean;
}

export type Outcome = 'accepted' | Failure;

/** A delivery after one more attempt: its row, the fact of it, and when the next attempt is due, if there is one. */
export interface Attempted {
  readonly delivery: Delivery;
  readonly fact: NotificationDelivered | NotificationFailed;
  readonly nextAt: InstantText | null;
  /** How long until then. */
  readonly pauseMs?: number;
}

const minutes = 60_000;
const hours = 60 * minutes;
// The first ones bridge a restart and a server that lets strangers wait (greylisting); the last ones a weekend's evening.
const pauses = [minutes, 5 * minutes, 15 * minutes, hours, 4 * hours, 12 * hours, 24 * hours];

/** Attempts that are made before a delivery has failed for good. */
export const mostAttempts = pauses.length + 1;

export function attempted(before: Delivery, outcome: Outcome, now: InstantText): Attempted {
  const attempts = before.attempts + 1;
  if (outcome === 'accepted') {
    const delivery: Delivery = { ...before, attempts, state: 'sent', at: now, reason: null };
    return { delivery, fact: delivered(delivery), nextAt: null };
  }
  const pause = outcome.final ? undefined : pauses[before.attempts];
  const nextAt = pause === undefined ? null : new Date(Date.parse(now) + pause).toISOString();
  const { reason } = outcome;
  const delivery: Delivery = { ...before, attempts, state: nextAt === null ? 'failed' : 'waiting', at: now, reason };
  return { delivery, fact: failed(delivery, reason), nextAt, ...(pause === undefined ? {} : { pauseMs: pause }) };
}
