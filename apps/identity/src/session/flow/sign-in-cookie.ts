import type { InstantText } from '#contracts';
import { derivedKey, seal, unseal } from '../cookie/sealed-text.ts';

/** A sign-in in progress: what binds the issuer's answer to the browser that began, and where the browser then goes. */
export interface SignInProgress {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly to: string;
  readonly begunAt: InstantText;
}

export const signInSeconds = 10 * 60;

/** The value of the cookie: only we can read or make it, so nothing is stored for a sign-in that is never finished. */
export function sealedProgress(cookieKey: string, seat: number, progress: SignInProgress): string {
  return seal(keyOf(cookieKey), JSON.stringify(progress), placeOf(seat));
}

/** Undefined for a value that we did not make for this seat, or that is older than 10 minutes. */
export function progressIn(
  value: string | undefined,
  { cookieKey, seat, now }: { readonly cookieKey: string; readonly seat: number; readonly now: InstantText },
): SignInProgress | undefined {
  const text = value === undefined ? undefined : unseal(keyOf(cookieKey), value, placeOf(seat));
  if (text === undefined) return undefined;
  const progress = JSON.parse(text) as SignInProgress;
  const isLate = Date.parse(now) - Date.parse(progress.begunAt) >= signInSeconds * 1000;
  return isLate ? undefined : progress;
}

function keyOf(cookieKey: string): Buffer {
  return derivedKey(cookieKey, 'sign-in in progress');
}

function placeOf(seat: number): string {
  return `sign-in of seat ${seat}`;
}
