/** `session` opens a seat; `sign-in` ties a sign-in in progress to this browser. */
export type SeatCookie = 'session' | 'sign-in';

/** A seat at the address that people use: with https its cookies are bound to that host by their name. */
export interface SeatPlace {
  readonly seat: number;
  readonly publicUrl: string;
}

function nameOf(kind: SeatCookie, { seat, publicUrl }: SeatPlace): string {
  return `${isSecure(publicUrl) ? '__Host-' : ''}${kind}-${seat}`;
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https://');
}

/** A line for Set-Cookie. Without `seconds` the cookie ends with the browser; with 0 it ends now. */
export function cookieLine(kind: SeatCookie, place: SeatPlace, value: string, seconds?: number): string {
  return [
    `${nameOf(kind, place)}=${value}`,
    'Path=/',
    ...(seconds === undefined ? [] : [`Max-Age=${seconds}`]),
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure(place.publicUrl) ? ['Secure'] : []),
  ].join('; ');
}

export function endedCookie(kind: SeatCookie, place: SeatPlace): string {
  return cookieLine(kind, place, '', 0);
}

/** The cookie's value in a request's Cookie header: letters, digits, - and _. Undefined if there is none. */
export function cookieIn(header: string | undefined, kind: SeatCookie, place: SeatPlace): string | undefined {
  const start = `${nameOf(kind, place)}=`;
  const pair = header?.split(/; */).find((each) => each.startsWith(start));
  const value = pair?.slice(start.length) ?? '';
  return /^[\w-]+$/.test(value) ? value : undefined;
}
