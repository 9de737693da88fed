/** A number from 0 to 7: which of the sessions of this browser a tab uses. Seats above 0 exist in demo mode only. */
export type Seat = number;

const seats = [0, 1, 2, 3, 4, 5, 6, 7] as const;
/** The seat in a fragment such as `#seat=3`; undefined if there is none. */
export function seatIn(fragment: string): Seat | undefined {
  const found = /^#seat=([0-7])$/.exec(fragment);
  return found === null ? undefined : Number(found[1]);
}

interface Place {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
}

/** The seat of this tab; `storage` is that of the tab. A fragment that names one wins, is remembered for this tab, and leaves the address. */
export function takeSeat({ storage, location, history }: Place): Seat {
  const given = seatIn(location.hash);
  if (given !== undefined) {
    storage.setItem('seat', String(given));
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  }
  return seatIn(`#seat=${storage.getItem('seat') ?? '0'}`) ?? 0;
}

/** The lowest seat that no tab of this browser uses; 0 if all are in use. */
export function freeSeat(taken: readonly Seat[]): Seat {
  return seats.find((seat) => !taken.includes(seat)) ?? 0;
}

/**
 * Where a person signs in; `to` is the path to return to. `login`: a demo person, who needs no password. `language`: of
 * the sign-in page. A seat above 0 returns with its number in the fragment, so that a new tab takes it.
 */
export function signInAddress(
  seat: Seat,
  to: string,
  { login, language }: { readonly login?: string; readonly language?: string } = {},
): string {
  const query = new URLSearchParams({ to: seat === 0 ? to : `${to}#seat=${seat}` });
  if (login !== undefined) query.set('login_hint', login);
  if (language !== undefined) query.set('ui_locales', language);
  return `/api/identity/sessions/${seat}/new?${query.toString()}`;
}
