import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runningIssuer, type RunningIssuer } from '../../testing/running-issuer.ts';
import { Seat } from '../../testing/seat.ts';

let issuer: RunningIssuer;
let seat: Seat;
beforeAll(async () => {
  issuer = await runningIssuer();
});
beforeEach(() => {
  seat = new Seat(issuer.base);
});
afterAll(() => issuer?.close());

const faultOf = (url: URL): string | null => (url.pathname === '/sign-in' ? url.searchParams.get('fault') : null);

describe('a sign-in of the web application', () => {
  it.each(['//evil.example', '/\\evil.example', 'https://evil.example/', '/\t/evil.example', '/api/identity/me'])(
    'does not begin if it would lead to %j',
    async (to) => {
      const page = await seat.begin({ to });
      expect([page.status, page.text]).toEqual([400, expect.stringContaining('"field":"to"')]);
    },
  );

  it('leads back to the page that the person wanted, with its filters', async () => {
    const { url } = await seat.begin({ to: '/inbox?mine=true#seat=2', login_hint: 'ines.harbor' });
    expect(url.href).toBe(`${issuer.base}/inbox?mine=true#seat=2`);
  });

  it('puts its cookies out of reach of scripts', async () => {
    const answer = await issuer.identity.ask(null, { path: 'sessions/3/new' });
    expect(answer.statusCode).toBe(302);
    expect(answer.headers['set-cookie']).toMatch(/^sign-in-3=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
    expect(answer.headers['cache-control']).toBe('no-store');
    const address = new URL(answer.headers.location ?? '');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      redirect_uri: `${issuer.base}/api/identity/sessions/3/return`,
      code_challenge_method: 'S256',
      prompt: 'login',
    });
    // what binds the answer to this browser cannot be read from the cookie
    expect(String(answer.headers['set-cookie'])).not.toContain(address.searchParams.get('state'));
  });

  it('may be cancelled, and the person may try again', async () => {
    const page = await seat.begin();
    const { url } = await seat.browser.submit(page, { cancel: 'yes' });
    expect(url.href).toBe(`${issuer.base}/sign-in?fault=cancelled&to=%2Finbox`);
    expect((await seat.signIn('ines.harbor')).url.pathname).toBe('/inbox');
  });

  it('is too late after 10 minutes', async () => {
    const page = await seat.begin();
    issuer.clock.advance({ minutes: 10 });
    const late = await seat.browser.submit(page, { login: 'ines.harbor' });
    // the issuer's own page knows it first
    expect([late.status, late.text]).toEqual([400, expect.stringContaining('This sign-in has ended')]);
    const { url } = await seat.browser.open(`${issuer.base}/api/identity/sessions/0/return?code=x&state=y`);
    expect(faultOf(url)).toBe('too-late');
  });

  it('is not finished by another browser, with whatever address', async () => {
    const page = await seat.begin();
    const stopping = new Seat(issuer.base, 0, seat.browser.stoppingAt(`${issuer.base}/api/identity/sessions/0/return`));
    const { url } = await stopping.browser.submit(page, { login: 'ines.harbor' });
    const victim = new Seat(issuer.base);
    expect(faultOf((await victim.browser.open(url)).url)).toBe('too-late');
    expect(await victim.status()).toBe(401);
    // nor in another seat of the same one
    const elsewhere = url.href.replace('/sessions/0/', '/sessions/1/');
    expect(faultOf((await seat.browser.open(elsewhere)).url)).toBe('too-late');
    expect((await seat.browser.open(url)).url.pathname).toBe('/inbox');
    // and once only
    expect(faultOf((await seat.browser.open(url)).url)).toBe('too-late');
    expect(await seat.status()).toBe(200);
  });

  it('does not accept a code of another sign-in', async () => {
    const attacker = new Seat(issuer.base, 0);
    const stop = `${issuer.base}/api/identity/sessions/0/return`;
    const taken = new Seat(issuer.base, 0, attacker.browser.stoppingAt(stop));
    const { url: ofAttacker } = await taken.browser.submit(await taken.begin(), { login: 'abel.harbor' });
    const begun = new Seat(issuer.base, 0, seat.browser.stoppingAt(stop));
    const { url } = await begun.browser.submit(await begun.begin(), { login: 'ines.harbor' });
    url.searchParams.set('code', ofAttacker.searchParams.get('code') ?? '');
    expect(faultOf((await seat.browser.open(url)).url)).toBe('failed');
    expect(await seat.status()).toBe(401);
  });

  it('says so if the issuer refuses it', async () => {
    const page = await seat.begin();
    const stop = `${issuer.base}/api/identity/sessions/0/return`;
    const { url } = await seat.browser.stoppingAt(stop).submit(page, { cancel: 'yes' });
    url.searchParams.set('error', 'server_error');
    expect(faultOf((await seat.browser.open(url)).url)).toBe('failed');
  });
});

describe('behind a proxy that speaks TLS', () => {
  it('a sign-in uses the public address, and its cookies are bound to that host', async () => {
    const publicUrl = 'https://platform.example';
    const hidden = await runningIssuer({
      issuerUrl: () => publicUrl,
      issuerInsideUrl: () => hidden.base,
      environment: { SIGN_IN_PROMPT: 'silent' },
    });
    try {
      const answer = await hidden.identity.ask(null, { path: 'sessions/0/new' });
      const address = new URL(answer.headers.location ?? '');
      expect([address.origin, address.searchParams.get('redirect_uri')]).toEqual([
        publicUrl,
        `${publicUrl}/api/identity/sessions/0/return`,
      ]);
      // whoever the issuer still knows, as configured
      expect(address.searchParams.has('prompt')).toBe(false);
      expect(answer.headers['set-cookie']).toMatch(/^__Host-sign-in-0=.*; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/);
      const ended = await hidden.identity.ask(null, {
        method: 'POST',
        path: 'sessions/0/end',
        headers: { 'content-type': 'application/json', 'x-session': '1', origin: publicUrl },
      });
      expect([ended.statusCode, ended.headers['set-cookie']]).toEqual([
        204,
        '__Host-session-0=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
      ]);
    } finally {
      await hidden.close();
    }
  });
});
