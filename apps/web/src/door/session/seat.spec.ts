import { describe, expect, it } from '@jest/globals';
import { freeSeat, seatIn, signInAddress, takeSeat } from './seat.ts';

function tab(hash: string, seat?: string) {
  const kept = new Map(seat === undefined ? [] : [['seat', seat]]);
  const addresses: string[] = [];
  return {
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
    location: { hash, pathname: '/inbox', search: '?mine=true' },
    history: {
      state: null,
      replaceState: (_: unknown, __: string, url?: string | URL | null) => void addresses.push(String(url)),
    },
    kept,
    addresses,
  };
}

describe('the seat of a tab', () => {
  it('comes with the address of a sign-in, leaves the address, and stays in the tab', () => {
    const place = tab('#seat=3');
    expect(takeSeat(place)).toBe(3);
    expect([place.kept.get('seat'), place.addresses]).toEqual(['3', ['/inbox?mine=true']]);
    expect(takeSeat(tab('', '3'))).toBe(3);
  });

  it('of a sign-in wins over the one that a new tab inherits', () => {
    expect(takeSeat(tab('#seat=2', '1'))).toBe(2);
  });

  it.each(['', '#seat=8', '#seat=-1', '#seat=1;x', '#help'])('is the first for %j', (hash) => {
    expect([seatIn(hash), takeSeat(tab(hash)), takeSeat(tab(hash, 'x'))]).toEqual([undefined, 0, 0]);
  });

  it('for a newcomer is the lowest that no tab uses', () => {
    expect([freeSeat([]), freeSeat([0, 1, 3]), freeSeat([0, 1, 2, 3, 4, 5, 6, 7])]).toEqual([0, 2, 0]);
  });
});

describe('the address of a sign-in', () => {
  it('returns to the page, with the seat where it is not the first', () => {
    const address = new URL(signInAddress(2, '/inbox?mine=true', { login: 'ines.harbor', language: 'es' }), 'http://x');
    expect([address.pathname, Object.fromEntries(address.searchParams)]).toEqual([
      '/api/identity/sessions/2/new',
      { to: '/inbox?mine=true#seat=2', login_hint: 'ines.harbor', ui_locales: 'es' },
    ]);
    expect(signInAddress(0, '/')).toBe('/api/identity/sessions/0/new?to=%2F');
  });
});
