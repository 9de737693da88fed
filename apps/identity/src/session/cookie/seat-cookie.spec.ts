import { describe, expect, it } from '@jest/globals';
import { cookieIn, cookieLine, endedCookie } from './seat-cookie.ts';

const plain = { seat: 2, publicUrl: 'http://localhost:3000' };
const secure = { seat: 2, publicUrl: 'https://platform.example' };

describe('a cookie of a seat', () => {
  it('is bound to our host with https, and out of reach of scripts and other sites', () => {
    expect(cookieLine('session', secure, 'value')).toBe(
      '__Host-session-2=value; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
  });

  it('has neither prefix nor Secure on plain http, where browsers would drop it', () => {
    expect(cookieLine('sign-in', plain, 'value', 600)).toBe(
      'sign-in-2=value; Path=/; Max-Age=600; HttpOnly; SameSite=Lax',
    );
  });

  it('ends at once', () => {
    expect(endedCookie('session', secure)).toContain('__Host-session-2=; Path=/; Max-Age=0;');
  });

  it('is found among others by its whole name', () => {
    const header = 'session-0=zero; xsession-2=no; session-2=two; session-21=no';
    expect(cookieIn(header, 'session', plain)).toBe('two');
    expect(cookieIn(header, 'session', { ...plain, seat: 3 })).toBeUndefined();
    // a page without TLS could have set a cookie without the prefix
    expect(cookieIn(header, 'session', secure)).toBeUndefined();
  });

  it.each([undefined, '', 'session-2', 'session-2=', 'session-2=a b', 'session-2="quoted"'])(
    'is not found in %j',
    (header) => {
      expect(cookieIn(header, 'session', plain)).toBeUndefined();
    },
  );
});
