import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { actorOf } from '#testing';
import { otherIssuer, type OtherIssuer } from '../testing/other-issuer.ts';
import { runningIssuer, type RunningIssuer } from '../testing/running-issuer.ts';
import { pageHeaders, Seat } from '../testing/seat.ts';
import { returnPath } from './seat.ts';

const credentials = { SIGN_IN_CLIENT_ID: 'referrals-web', SIGN_IN_CLIENT_SECRET: 'the secret of our client there' };

let identity: RunningIssuer;
let other: OtherIssuer;
let seat: Seat;
beforeAll(async () => {
  identity = await runningIssuer({
    demo: false,
    issuerUrl: () => other.url,
    publicUrl: () => identity.base,
    environment: { EMBEDDED_ISSUER: '0', ...credentials },
  });
  other = await otherIssuer([`${identity.base}${returnPath(0)}`], identity.clock);
});
beforeEach(() => {
  seat = new Seat(identity.base);
  other.signsIn('ines.harbor');
});
afterEach(() => other.answers(undefined));
afterAll(async () => {
  other?.close();
  await identity?.close();
});

describe('a session with another OIDC issuer', () => {
  it('begins there, and its token is valid here', async () => {
    const seen = await seat.begin({ ui_locales: 'es' });
    expect(seen.url.href).toBe(`${identity.base}/inbox`);
    const { access_token: token, expires_in: seconds, endsAt } = await seat.token();
    expect(decodeJwt(token)).toMatchObject({ iss: other.url, sub: actorOf('ines.harbor').personId });
    expect([seconds, endsAt > identity.clock.now()]).toEqual([expect.any(Number), true]);
    const headers = { authorization: `Bearer ${token}` };
    const me = await identity.identity.ask(null, { path: 'me', headers });
    expect(me.json()).toMatchObject({ displayName: 'Ines Harbor' });
  });

  it('asks it to sign in again, in the language of the application, and names nobody', async () => {
    await seat.begin({ ui_locales: 'es', login_hint: 'ines.harbor' });
    expect(other.asked()).toMatchObject({ ui_locales: 'es', prompt: 'login', code_challenge_method: 'S256' });
    expect(other.asked()).not.toHaveProperty('login_hint');
  });

  it('is renewed, however often', async () => {
    await seat.begin();
    const tokens = new Set<string>();
    for (let times = 0; times < 4; times += 1) {
      tokens.add((await seat.token()).access_token);
      identity.clock.advance({ minutes: 4 });
    }
    expect(tokens.size).toBe(4);
  });

  it('becomes idle after 30 minutes without work', async () => {
    await seat.begin();
    identity.clock.advance({ minutes: 29 });
    const { idleAt } = await seat.token();
    expect(Date.parse(idleAt ?? '') - Date.parse(identity.clock.now())).toBe(30 * 60_000);
    identity.clock.advance({ minutes: 29 });
    expect(await seat.status()).toBe(200);
    identity.clock.advance({ minutes: 30 });
    expect([await seat.status(), await seat.status()]).toEqual([401, 401]);
  });

  it('becomes idle though a page goes on renewing its token by itself', async () => {
    await seat.begin();
    const { idleAt } = await seat.token();
    for (const minutes of [10, 10, 9]) {
      identity.clock.advance({ minutes });
      expect((await seat.token(false)).idleAt).toBe(idleAt);
    }
    identity.clock.advance({ minutes: 1 });
    expect(await seat.status()).toBe(401);
  });

  it('ends after 8 hours of work', async () => {
    await seat.begin();
    for (let minutes = 0; minutes < 475; minutes += 25) {
      identity.clock.advance({ minutes: 25 });
      expect(await seat.status()).toBe(200);
    }
    const { idleAt, endsAt } = await seat.token();
    expect(idleAt).toBe(endsAt);
    identity.clock.advance({ minutes: 5 });
    expect(await seat.status()).toBe(401);
  });

  it('goes on after the issuer was away', async () => {
    await seat.begin();
    await seat.token();
    identity.clock.advance({ minutes: 4 });
    other.answers(503);
    const answer = await seat.ask('token');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    other.answers(undefined);
    expect(await seat.status()).toBe(200);
  });

  it('ends here though the issuer is away', async () => {
    await seat.begin();
    other.answers(503);
    expect((await seat.ask('end')).status).toBe(204);
    other.answers(undefined);
    expect(await seat.status()).toBe(401);
  });

  it('has one seat', async () => {
    expect(await seat.beside(1).status()).toBe(404);
    expect((await seat.beside(1).begin()).status).toBe(404);
  });

  it('does not begin for somebody who is not active here', async () => {
    other.signsIn('ines.harbor', { org: actorOf('abel.harbor').organizationId, roles: ['coordinator'] });
    const { url } = await seat.begin();
    expect(url.href).toBe(`${identity.base}/sign-in?fault=inactive&to=%2Finbox`);
    expect(await seat.status()).toBe(401);
  });

  it.each([
    ['another audience', { aud: 'somebody-else' }],
    ['no organization', { org: undefined }],
    ['roles that are not ours', { roles: ['uma_authorization'] }],
  ])('does not begin with tokens for %s', async (_, claims) => {
    other.signsIn('ines.harbor', claims);
    expect((await seat.begin()).url.search).toBe('?fault=failed&to=%2Finbox');
    expect(await seat.status()).toBe(401);
  });

  it('ends when its token is no longer for the same person', async () => {
    await seat.begin();
    identity.clock.advance({ minutes: 4 });
    other.signsIn('ines.harbor', { sub: actorOf('abel.harbor').personId });
    expect([await seat.status(), await seat.status()]).toEqual([401, 401]);
  });
});

describe('with another issuer and no client of ours there', () => {
  it('there are no sessions', async () => {
    const without = await runningIssuer({
      demo: false,
      issuerUrl: () => other.url,
      environment: { EMBEDDED_ISSUER: '0' },
    });
    try {
      const alone = new Seat(without.base);
      expect([(await alone.begin()).status, await alone.status()]).toEqual([404, 404]);
    } finally {
      await without.close();
    }
  });
});

describe('an issuer that is away', () => {
  it('is said on the page of the sign-in', async () => {
    const waiting = await runningIssuer({
      demo: false,
      issuerUrl: () => 'http://127.0.0.1:9',
      publicUrl: () => waiting.base,
      environment: { EMBEDDED_ISSUER: '0', ...credentials },
    });
    try {
      const alone = new Seat(waiting.base);
      expect((await alone.begin()).url.href).toBe(`${waiting.base}/sign-in?fault=unavailable&to=%2Finbox`);
      const forged = await alone.ask('token', { ...pageHeaders, 'sec-fetch-site': 'cross-site' });
      expect(forged.status).toBe(403);
    } finally {
      await waiting.close();
    }
  });
});
