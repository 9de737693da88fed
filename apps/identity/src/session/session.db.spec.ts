import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { SessionTokenView } from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { startService } from '#service';
import { actorOf } from '#testing';
import { IdentityModule } from '../identity.module.ts';
import { RelyingParty } from '../relying-party/relying-party.service.ts';
import { runningIssuer, type RunningIssuer } from '../testing/running-issuer.ts';
import { pageHeaders, Seat } from '../testing/seat.ts';
import { SessionSecret } from './cookie/session-secret.ts';

let issuer: RunningIssuer;
let seat: Seat;
beforeAll(async () => {
  issuer = await runningIssuer();
  // tokens count in seconds
  issuer.clock.advance({ ms: -(Date.parse(issuer.clock.now()) % 1000) });
});
beforeEach(() => {
  seat = new Seat(issuer.base);
});
afterAll(() => issuer?.close());

const everySession = statement('every web session', 'select s::text as row, id_hash, sealed from web_session s');
const leaveRenewal = statement(
  'leave renewal of web session',
  'update web_session set renewing_until = $2 where id_hash = $1',
);
const asSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  issuer.identity.service.app.get(UnitOfWork, { strict: false }).run({ kind: 'system', key: '' }, work);
const rows = (): Promise<readonly { row: string; id_hash: string; sealed: string }[]> =>
  asSystem((tx) => tx.query(everySession));
/** Somebody else with the value of the cookie. */
const withSecret = (secret: string): Promise<Response> =>
  fetch(`${issuer.base}/api/identity/sessions/0/token`, {
    method: 'POST',
    headers: { ...pageHeaders, cookie: `session-0=${secret}` },
  });
const rowOf = async ({ secret }: Seat): Promise<{ row: string; sealed: string } | undefined> =>
  (await rows()).find((each) => each.id_hash === new SessionSecret(secret).idHash);
const refreshTokenOf = async (of: Seat): Promise<string> =>
  new SessionSecret(of.secret).open((await rowOf(of))?.sealed ?? '').refreshToken;
const me = async (token: string): Promise<unknown> => {
  const answer = await issuer.identity.ask(null, { path: 'me', headers: { authorization: `Bearer ${token}` } });
  return answer.json();
};

describe('a session of the web application', () => {
  it('begins with one click on a demo person, and its token is valid everywhere', async () => {
    const seen = await seat.signIn('ines.harbor');
    expect([seen.status, seen.url.href]).toEqual([303, `${issuer.base}/inbox`]);
    const { access_token: token, ...rest } = await seat.token();
    expect(rest).toEqual({
      expires_in: 900,
      idleAt: null,
      endsAt: new Date(Date.parse(issuer.clock.now()) + 8 * 3_600_000).toISOString(),
      draftKey: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(await me(token)).toMatchObject({ displayName: 'Ines Harbor' });
  });

  it('begins on the page of the issuer, in the language of the application', async () => {
    const page = await seat.begin({ ui_locales: 'es en' });
    expect(page.text).toMatch(/<html lang="es">[\s\S]*<h1>Iniciar sesión en la demostración<\/h1>/);
    const seen = await seat.browser.submit(page, { login: 'abel.harbor' });
    expect(seen.url.pathname).toBe('/inbox');
    expect(await me((await seat.token()).access_token)).toMatchObject({ displayName: 'Abel Harbor' });
  });

  it('does not begin by itself for a login that nobody has', async () => {
    const page = await seat.begin({ login_hint: 'nobody', ui_locales: 'en' });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Sign in to the demo')]);
  });

  it('asks again who signs in, though the issuer still knows somebody', async () => {
    await seat.signIn('ines.harbor');
    await seat.ask('end');
    expect((await seat.begin()).text).toContain('Sign in to the demo');
  });

  it('has the same draft key for a person on every device, and another one for everybody else', async () => {
    await seat.signIn('ines.harbor');
    const laptop = await seat.token();
    const phone = new Seat(issuer.base);
    await phone.signIn('ines.harbor');
    const other = new Seat(issuer.base);
    await other.signIn('abel.harbor');
    expect((await phone.token()).draftKey).toBe(laptop.draftKey);
    expect((await other.token()).draftKey).not.toBe(laptop.draftKey);
    expect(Buffer.from(laptop.draftKey, 'base64url')).toHaveLength(32);
    await issuer.identity.restart();
    expect((await seat.token()).draftKey).toBe(laptop.draftKey);
  });

  it('stands beside others in one browser, each seat with its own person', async () => {
    const [dana, ines, cora] = [seat, seat.beside(1), seat.beside(2)];
    await dana.signIn('dana.planner');
    await ines.signIn('ines.harbor');
    await cora.signIn('cora.coordinator');
    const names = async (): Promise<readonly unknown[]> => {
      const people = [dana, ines, cora].map(async (each) => me((await each.token()).access_token));
      return (await Promise.all(people)).map((each) => (each as { displayName: string }).displayName);
    };
    expect(await names()).toEqual(['Dana Planner', 'Ines Harbor', 'Cora Coordinator']);
    // each is renewed at the issuer, which knows only the last one in this browser
    issuer.clock.advance({ minutes: 14 });
    expect(await names()).toEqual(['Dana Planner', 'Ines Harbor', 'Cora Coordinator']);
    await ines.ask('end');
    issuer.clock.advance({ minutes: 14 });
    expect([await dana.status(), await ines.status(), await cora.status()]).toEqual([200, 401, 200]);
  });

  it('of one person in two seats ends in one of them alone', async () => {
    await seat.signIn('ines.harbor');
    const other = seat.beside(1);
    await other.signIn('ines.harbor');
    await seat.ask('end');
    issuer.clock.advance({ minutes: 14 });
    expect([await seat.status(), await other.status()]).toEqual([401, 200]);
  });

  it('begins in several seats at the same moment', async () => {
    const all = [seat, seat.beside(1), seat.beside(2)];
    const pages = [];
    for (const each of all) pages.push(await each.begin());
    const logins = ['dana.planner', 'ines.harbor', 'cora.coordinator'];
    for (const [at, page] of pages.entries()) await seat.browser.submit(page, { login: logins[at] ?? '' });
    const people = await Promise.all(all.map(async (each) => decodeJwt((await each.token()).access_token).sub));
    expect(people).toEqual(logins.map((login) => actorOf(login).personId));
  });

  it('replaces the one that its seat had', async () => {
    await seat.signIn('ines.harbor');
    const { secret } = seat;
    await seat.signIn('abel.harbor');
    expect(seat.secret).not.toBe(secret);
    expect((await withSecret(secret)).status).toBe(401);
    expect(await me((await seat.token()).access_token)).toMatchObject({ displayName: 'Abel Harbor' });
  });
});

describe('the token of a session', () => {
  it('is renewed at the issuer, and is the same for a minute', async () => {
    await seat.signIn('ines.harbor');
    const first = await seat.token();
    issuer.clock.advance({ seconds: 59 });
    expect(await seat.token()).toEqual({ ...first, expires_in: 841 });
    issuer.clock.advance({ seconds: 1 });
    const second = await seat.token();
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.expires_in).toBe(900);
  });

  it('is asked for by many tabs at once, and nobody is signed out', async () => {
    await seat.signIn('ines.harbor');
    for (let shift = 0; shift < 3; shift += 1) {
      issuer.clock.advance({ minutes: 14 });
      const tokens = await Promise.all(Array.from({ length: 12 }, () => seat.token()));
      expect(new Set(tokens.map((each) => each.access_token)).size).toBe(1);
    }
  });

  it('is asked of two processes at once, and the issuer sees each refresh token once', async () => {
    const second = await startService(IdentityModule, issuer.identity.deployment);
    try {
      await seat.signIn('ines.harbor');
      const cookie = `session-0=${seat.secret}`;
      const elsewhere = async (): Promise<SessionTokenView> =>
        (
          await second.app.inject({
            method: 'POST',
            url: '/api/identity/sessions/0/token',
            headers: { ...pageHeaders, cookie },
          })
        ).json<SessionTokenView>();
      for (let times = 0; times < 3; times += 1) {
        issuer.clock.advance({ minutes: 14 });
        const asked = Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? seat.token() : elsewhere()));
        const tokens = (await Promise.all(asked)).map((each) => each.access_token);
        expect([new Set(tokens).size, tokens[0]]).toEqual([1, expect.any(String)]);
      }
    } finally {
      await second.close();
    }
  });

  it('is renewed by the next tab if a process died while it asked the issuer', async () => {
    await seat.signIn('ines.harbor');
    issuer.clock.advance({ minutes: 14 });
    const left = new Date(Date.parse(issuer.clock.now()) + 20_000).toISOString();
    await asSystem((tx) => tx.query(leaveRenewal, [new SessionSecret(seat.secret).idHash, left]));
    const answer = seat.ask('token');
    issuer.clock.advance({ seconds: 21 });
    expect((await answer).status).toBe(200);
  });

  it('is not given after a sign-out in another tab at the same moment', async () => {
    await seat.signIn('ines.harbor');
    issuer.clock.advance({ minutes: 14 });
    const { secret } = seat;
    await Promise.all([seat.ask('token'), seat.ask('token'), seat.ask('end')]);
    expect((await withSecret(secret)).status).toBe(401);
  });

  it('ends with the shift, however often it was renewed, and the row is gone', async () => {
    await seat.signIn('ines.harbor');
    issuer.clock.advance({ hours: 7, minutes: 59 });
    expect(await seat.status()).toBe(200);
    issuer.clock.advance({ minutes: 1 });
    expect(await seat.status()).toBe(401);
    expect(await rowOf(seat)).toBeUndefined();
  });

  // nobody else signs in as this person: services hear by an event, a moment later, who is active again
  it('is not given to somebody who is made inactive', async () => {
    await seat.signIn('ivan.opendoor');
    const admin = new Seat(issuer.base);
    await admin.signIn('ada.opendoor');
    const change = (active: boolean): Promise<Response> =>
      admin.token().then(({ access_token: token }) =>
        fetch(`${issuer.base}/api/identity/people/${actorOf('ivan.opendoor').personId}`, {
          method: 'PATCH',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'idempotency-key': `active-${active}-${issuer.clock.now()}`,
          },
          body: JSON.stringify({ active }),
        }),
      );
    expect((await change(false)).status).toBe(200);
    expect(await seat.status()).toBe(401);
    expect(await rowOf(seat)).toBeUndefined();
    // cannot sign in either: the issuer's page does not know the login
    expect((await seat.signIn('ivan.opendoor')).status).toBe(200);
    expect((await change(true)).status).toBe(200);
    expect(await seat.status()).toBe(401);
  });
});

describe('a sign-out', () => {
  it('ends the session at the server and at the issuer', async () => {
    await seat.signIn('ines.harbor');
    const refreshToken = await refreshTokenOf(seat);
    const { secret } = seat;
    const answer = await seat.ask('end');
    expect([answer.status, await answer.text(), seat.secret]).toEqual([204, '', '']);
    expect((await withSecret(secret)).status).toBe(401);
    const relyingParty = issuer.identity.service.app.get(RelyingParty, { strict: false });
    await expect(relyingParty.renew(refreshToken)).rejects.toThrow('the issuer refuses the grant');
  });

  it('may be repeated', async () => {
    expect((await seat.ask('end')).status).toBe(204);
  });
});

describe('a copy of the table', () => {
  it('contains no token and nothing that opens one', async () => {
    await seat.signIn('ines.harbor');
    const { access_token: token } = await seat.token();
    const refreshToken = await refreshTokenOf(seat);
    const dump = (await rows()).map((each) => each.row).join('\n');
    expect(dump).toContain(actorOf('ines.harbor').personId);
    for (const secret of [token, token.split('.')[2], refreshToken, seat.secret]) expect(dump).not.toContain(secret);
    // what a row holds opens with the cookie of that row alone
    const sealed = (await rowOf(seat))?.sealed ?? '';
    expect(() => SessionSecret.random().open(sealed)).toThrow('not sealed for it');
  });

  it('loses its ended rows at the next sign-in', async () => {
    await seat.signIn('ines.harbor');
    issuer.clock.advance({ hours: 8 });
    expect(await rowOf(seat)).toBeDefined();
    await new Seat(issuer.base).signIn('abel.harbor');
    expect(await rowOf(seat)).toBeUndefined();
    expect(await rows()).toHaveLength(1);
  });
});
