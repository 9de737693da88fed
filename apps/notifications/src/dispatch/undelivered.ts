import {
  Code,
  Count,
  Flag,
  Id,
  Instant,
  Nested,
  reasonCodes,
  templates,
  Text,
  type InstantText,
  type OrganizationId,
  type ReasonCode,
  type TaskId,
  type Template,
} from '#contracts';
import { addressees, type Addressee } from '../audience/addressee.ts';
import type { Why } from '../audience/notification-rule.ts';

/** The timer's kind; its subject is the event, its key the referral. */
export const retryUndelivered = 'tell-later';

/** Why something ended: {@link Why}. */
class WhyPayload implements Why {
  @Code(reasonCodes) readonly reason!: ReasonCode;
  @Instant({ optional: true }) readonly consentEndedAt?: InstantText;
}

/** A notification whose addressees had no person yet. The timer keeps it until they have one, or it is given up. */
export class UndeliveredPayload {
  @Code(templates) readonly template!: Template;
  @Id({ optional: true }) readonly taskId?: TaskId | null;
  @Code(addressees, { list: true }) readonly to!: readonly Addressee[];
  /** For a notification about the platform itself: the organizations whose privacy officers get it; empty means all. */
  @Id({ list: true, optional: true }) readonly officersOf?: readonly OrganizationId[];
  @Flag() readonly reportsBack!: boolean;
  @Nested(() => WhyPayload, { optional: true }) readonly why?: Why;
  @Text() readonly correlationId!: string;
  @Count() readonly tries!: number;
}

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
// The first pauses bridge a replica that lags behind (identity's events are in another topic than a referral's); the last
// ones an organization that has nobody in that role today.
const pauses = [2 * seconds, 10 * seconds, minutes, 10 * minutes, hours, 24 * hours];

/** When the next try is due after so many tries; null if it is given up. */
export function nextTry(
  now: InstantText,
  tries: number,
): { readonly dueAt: InstantText; readonly pauseMs: number } | null {
  const pauseMs = pauses[tries];
  return pauseMs === undefined ? null : { dueAt: new Date(Date.parse(now) + pauseMs).toISOString(), pauseMs };
}
