import type { InstantText } from '#contracts';

/** The length of a shift: then people sign in again, whatever happened meanwhile. The issuer's sessions last as long. */
const endsAfterMs = 8 * 60 * 60_000;
const idlesAfterMs = 30 * 60_000;
/** How long one answer is shared by the tabs that ask at the same time, or are opened together. */
const sharedForMs = 60_000;
/** Longer than the issuer is waited for: after that time the renewal has failed and another one may begin. */
const renewalLastsMs = 20_000;

const later = (instant: InstantText, ms: number): InstantText => new Date(Date.parse(instant) + ms).toISOString();

export function endOfSession(begun: InstantText): InstantText {
  return later(begun, endsAfterMs);
}

/** When a session that is used now becomes idle; never after its end. In demo mode only its end counts. */
export function idleAfterUse(now: InstantText, endsAt: InstantText, demo: boolean): InstantText {
  const idleAt = later(now, idlesAfterMs);
  return demo || idleAt > endsAt ? endsAt : idleAt;
}

/** An access token with the times of its renewal and its expiry. */
export interface Renewed {
  readonly renewedAt: InstantText;
  readonly expiresAt: InstantText;
}

/** Tells whether a token of this age is answered again; never in the second half of its life. */
export function isShared({ renewedAt, expiresAt }: Renewed, now: InstantText): boolean {
  const [from, until, at] = [renewedAt, expiresAt, now].map((each) => Date.parse(each)) as [number, number, number];
  return at - from < Math.min(sharedForMs, (until - from) / 2);
}

export function endOfRenewal(now: InstantText): InstantText {
  return later(now, renewalLastsMs);
}
