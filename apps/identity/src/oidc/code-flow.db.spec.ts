import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { riverCounty, seedOrganizationId, seedPeople } from '#contracts';
import { actorOf } from '#testing';
import { runningIssuer, type RunningIssuer } from '../testing/running-issuer.ts';
import { WebApplication } from '../testing/web-application.ts';

let issuer: RunningIssuer;
let web: WebApplication;
beforeAll(async () => {
  issuer = await runningIssuer();
});
beforeEach(async () => {
  web = await WebApplication.at(issuer.base);
});
afterAll(() => issuer?.close());

const refused = (error: string): object => expect.objectContaining({ error });
const ines = actorOf('ines.harbor');

describe('a person', () => {
  it('signs in on the page, and comes back with a token that every service accepts', async () => {
    const begun = await web.signIn('ines.harbor');
    expect(begun.seen.url.href).toMatch(`${issuer.base}/signed-in?code=`);
    const tokens = await web.exchange(begun);
    expect([tokens.token_type, tokens.expires_in, tokens.claims()?.sub]).toEqual(['bearer', 900, ines.personId]);
    const keys = createRemoteJWKSet(new URL(`${issuer.base}/oidc/jwks`));
    const { payload } = await jwtVerify(tokens.access_token, keys);
    expect(payload).toEqual({
      org: seedOrganizationId('harbor-house'),
      net: riverCounty.networkId,
      roles: ['intake-worker'],
      scope: '',
      iss: issuer.base,
      aud: 'platform',
      sub: ines.personId,
      iat: Math.floor(Date.parse(issuer.clock.now()) / 1000),
      exp: Math.floor(Date.parse(issuer.clock.now()) / 1000) + 900,
    });
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'ES256', typ: 'JWT' });
    const me = await issuer.identity.ask(null, {
      path: 'me',
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(me.json()).toMatchObject({ displayName: 'Ines Harbor' });
  });

  it('has the same claims in a token from the page and in one from the demo sign-in', async () => {
    const { access_token: token } = await web.exchange(await web.signIn('otto.privacy'));
    const answer = await issuer.identity.ask(null, {
      method: 'POST',
      path: 'demo-tokens',
      body: { login: 'otto.privacy' },
    });
    const bodyOf = (jwt: string): string => Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();
    expect(bodyOf(token)).toBe(bodyOf(answer.json<{ access_token: string }>().access_token));
  });

  it('finds all demo people on a page without a script', async () => {
    const { seen } = await web.begin();
    expect([seen.status, seen.type]).toEqual([200, 'text/html; charset=utf-8']);
    for (const { login } of seedPeople) expect(seen.text).toContain(`name="login" value="${login}"`);
    expect(seen.text).toMatch(/<html lang="en">[\s\S]*<title>Sign in to the demo<\/title>[\s\S]*<h1>/);
    expect(seen.text).toContain('<legend>St. Brigid Hospital</legend>');
    expect(seen.text).not.toContain('<script');
  });

  it('with an unknown name stays on the page and gets a message', async () => {
    const { seen } = await web.signIn('<nobody>');
    expect(seen.status).toBe(400);
    expect(seen.text).toContain('role="alert"');
    expect(seen.text).not.toContain('<nobody>');
  });

  it('may go back without signing in', async () => {
    const { seen } = await web.begin();
    const back = await web.browser.submit(seen, { cancel: 'yes' });
    expect(back.url.pathname).toBe('/signed-in');
    expect(back.url.searchParams.get('error')).toBe('access_denied');
  });

  it('who took too long starts again', async () => {
    const { seen } = await web.begin();
    issuer.clock.advance({ minutes: 11 });
    const late = await web.browser.submit(seen, { login: 'ines.harbor' });
    expect([late.status, late.text]).toEqual([400, expect.stringContaining('This sign-in has ended')]);
  });

  it('in another browser cannot finish this sign-in', async () => {
    const { seen } = await web.begin();
    web.browser.forgetCookies();
    expect((await web.browser.submit(seen, { login: 'ines.harbor' })).status).toBe(400);
  });

  it('signs in once for all windows of a shift', async () => {
    await web.signIn('ines.harbor');
    const again = await web.begin({ prompt: 'none' });
    expect((await web.exchange(again)).claims()?.sub).toBe(ines.personId);
  });

  it('can hand over to a colleague in the same browser', async () => {
    await web.signIn('ines.harbor');
    const begun = await web.signIn('abel.harbor', { prompt: 'login' });
    // the provider ends the first session with its own form, with a button if there is no script
    expect(begun.seen.text).toContain('<noscript>');
    const field = (name: string): string =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(begun.seen.text)?.[1] ?? '';
    const action = /action="([^"]*)"/.exec(begun.seen.text)?.[1] ?? '';
    const seen = await web.browser.submit(begun.seen, { xsrf: field('xsrf'), logout: field('logout') }, action);
    expect((await web.exchange({ ...begun, seen })).claims()?.sub).toBe(actorOf('abel.harbor').personId);
  });

  it('who signs out must sign in again, and the tokens are not renewed', async () => {
    const { id_token: idToken, refresh_token: refreshToken } = await web.exchange(await web.signIn('ines.harbor'));
    const address = new URL(web.configuration.serverMetadata().end_session_endpoint ?? '');
    address.search = new URLSearchParams({ id_token_hint: idToken ?? '' }).toString();
    const page = await web.browser.open(address);
    expect(page.text).toContain('<h1>Sign out?</h1>');
    const xsrf = /name="xsrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    const gone = await web.browser.submit(page, { xsrf, logout: 'yes' }, '/oidc/session/end/confirm');
    expect(gone.text).toContain('You are signed out.');
    await expect(web.refresh(refreshToken)).rejects.toEqual(refused('invalid_grant'));
    expect((await web.begin()).seen.text).toContain('Sign in to the demo');
  });
});

describe('a code', () => {
  it('is invalid with another verifier', async () => {
    const begun = await web.signIn('ines.harbor');
    const wrong = { ...begun, verifier: 'another-verifier-of-forty-three-characters-or-more' };
    await expect(web.exchange(wrong)).rejects.toEqual(refused('invalid_grant'));
  });

  it('that is replayed is refused, and its tokens are revoked', async () => {
    const begun = await web.signIn('ines.harbor');
    const { refresh_token: refreshToken } = await web.exchange(begun);
    await expect(web.exchange(begun)).rejects.toEqual(refused('invalid_grant'));
    await expect(web.refresh(refreshToken)).rejects.toEqual(refused('invalid_grant'));
  });

  it('used twice at the same moment gives tokens once', async () => {
    const begun = await web.signIn('ines.harbor');
    const both = await Promise.allSettled([web.exchange(begun), web.exchange(begun)]);
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is invalid after a minute', async () => {
    const begun = await web.signIn('ines.harbor');
    issuer.clock.advance({ seconds: 61 });
    await expect(web.exchange(begun)).rejects.toEqual(refused('invalid_grant'));
  });

  it('is not issued without PKCE', async () => {
    const address = new URL(web.configuration.serverMetadata().authorization_endpoint ?? '');
    const asked = {
      client_id: 'web',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${issuer.base}/signed-in`,
    };
    address.search = new URLSearchParams(asked).toString();
    const { url } = await web.browser.open(address);
    expect([url.pathname, url.searchParams.get('error')]).toEqual(['/signed-in', 'invalid_request']);
  });

  it.each(['https://elsewhere.example/', 'http://127.0.0.1:1/signed-in'])('is not sent to %s', async (redirect) => {
    const { seen } = await web.begin({ redirect_uri: redirect });
    expect([seen.status, seen.url.origin]).toEqual([400, issuer.base]);
    expect(seen.text).toContain('invalid_redirect_uri');
  });

  it('is only for the platform', async () => {
    const { seen } = await web.begin({ resource: 'urn:something-else' });
    expect(seen.url.searchParams.get('error')).toBe('invalid_target');
  });
});

describe('a session', () => {
  it('renews its tokens, each time with another refresh token', async () => {
    const first = await web.exchange(await web.signIn('ines.harbor'));
    const second = await web.refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(second.claims()?.sub).toBe(ines.personId);
    // a refresh token that is used twice was stolen by one of its two holders
    await expect(web.refresh(first.refresh_token)).rejects.toEqual(refused('invalid_grant'));
    await expect(web.refresh(second.refresh_token)).rejects.toEqual(refused('invalid_grant'));
  });

  it('ends with the shift, however often it was renewed', async () => {
    const first = await web.exchange(await web.signIn('ines.harbor'));
    issuer.clock.advance({ hours: 7 });
    const second = await web.refresh(first.refresh_token);
    await web.begin({ prompt: 'none' });
    issuer.clock.advance({ hours: 1, seconds: 1 });
    await expect(web.refresh(second.refresh_token)).rejects.toEqual(refused('invalid_grant'));
    const { seen } = await web.begin({ prompt: 'none' });
    expect(seen.url.searchParams.get('error')).toBe('login_required');
  });
});
