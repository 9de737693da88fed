import { NotFound } from '#service';

/** Persons side by side in one browser, in demo mode only: each seat has a cookie of its own. */
const mostSeats = 8;

/** The seats that exist: one, and in demo mode eight. */
export function seats({ demo }: { readonly demo: boolean }): readonly number[] {
  return Array.from({ length: demo ? mostSeats : 1 }, (_, seat) => seat);
}

/** The seat that a path names. Throws {@link NotFound} for any other. */
export function seatOf(text: string, deployment: { readonly demo: boolean }): number {
  const seat = seats(deployment).find((each) => String(each) === text);
  if (seat === undefined) throw new NotFound();
  return seat;
}

/** Where the issuer sends the browser back to; registered there, so it has no query. */
export function returnPath(seat: number): string {
  return `/api/identity/sessions/${seat}/return`;
}
