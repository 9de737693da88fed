import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runningIssuer, type RunningIssuer } from '../testing/running-issuer.ts';
import { pageHeaders, Seat } from '../testing/seat.ts';
import { signInsPerMinute } from '../oidc/sign-in-limit.ts';

let issuer: RunningIssuer;
let seat: Seat;
beforeAll(async () => {
  issuer = await runningIssuer();
});
beforeEach(() => {
  seat = new Seat(issuer.base);
});
afterAll(() => issuer?.close());

const without = (name: keyof typeof pageHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(pageHeaders).filter(([each]) => each !== name));
const bySite = without('sec-fetch-site');

describe.each(['token', 'end'] as const)('a forged request for /%s', (what) => {
  it.each([
    ['another site', { ...pageHeaders, 'sec-fetch-site': 'cross-site' }, 403, 'foreign-origin'],
    ['a sister host', { ...pageHeaders, 'sec-fetch-site': 'same-site' }, 403, 'foreign-origin'],
    ['the address bar', { ...pageHeaders, 'sec-fetch-site': 'none' }, 403, 'foreign-origin'],
    ['another origin', { ...bySite, origin: 'https://evil.example' }, 403, 'foreign-origin'],
    ['a frame without an origin', { ...bySite, origin: 'null' }, 403, 'foreign-origin'],
    ['a program that has the cookie', bySite, 403, 'foreign-origin'],
    ['a form', { ...pageHeaders, 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media'],
    ['a form as text', { ...pageHeaders, 'content-type': 'text/plain' }, 415, 'unsupported-media'],
    ['a page without our header', without('x-session'), 400, 'invalid'],
  ])('from %s is refused, and changes nothing', async (_, headers, status, code) => {
    await seat.signIn('ines.harbor');
    const answer = await seat.ask(what, headers);
    expect([answer.status, (await answer.json()) as object]).toEqual([
      status,
      expect.objectContaining({ type: `urn:problem:${code}` }),
    ]);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await seat.status()).toBe(200);
  });

  it('without a body passes only from our own page', async () => {
    await seat.signIn('ines.harbor');
    const url = `${issuer.base}/api/identity/sessions/0/${what}`;
    expect((await seat.browser.send(url, { method: 'POST' })).status).toBe(403);
    const ours = { 'x-session': '1', 'sec-fetch-site': 'same-origin' };
    expect((await seat.browser.send(url, { method: 'POST', headers: ours })).status).toBe(415);
    const own = await seat.ask(what, { ...bySite, origin: issuer.base });
    expect(own.ok).toBe(true);
  });

  it('cannot read the answer from another origin', async () => {
    const url = `${issuer.base}/api/identity/sessions/0/${what}`;
    const asks = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-session' };
    const preflight = await fetch(url, { method: 'OPTIONS', headers: { ...asks, origin: 'https://evil.example' } });
    expect([preflight.ok, preflight.headers.get('access-control-allow-origin')]).toEqual([false, null]);
  });

  it('by GET does not exist', async () => {
    await seat.signIn('ines.harbor');
    const answer = await seat.browser.send(`${issuer.base}/api/identity/sessions/0/${what}`, { headers: pageHeaders });
    expect(answer.status).toBe(401);
    expect(await seat.status()).toBe(200);
  });
});

describe('a seat', () => {
  it.each(['8', '-1', '00', '1.0', 'x', '0%20'])('%s does not exist', async (number) => {
    const path = `${issuer.base}/api/identity/sessions/${number}`;
    expect((await fetch(`${path}/new`, { redirect: 'manual' })).status).toBe(404);
    expect((await fetch(`${path}/return`, { redirect: 'manual' })).status).toBe(404);
    expect((await fetch(`${path}/token`, { method: 'POST', headers: pageHeaders })).status).toBe(404);
  });
});

describe('sign-ins and tokens from one address', () => {
  it('are limited', async () => {
    const limited = await runningIssuer({ requestsPerMinute: 12_000 });
    try {
      const one = new Seat(limited.base);
      for (let times = 0; times < signInsPerMinute; times += 1) expect(await one.status()).toBe(401);
      const refused = await one.ask('token');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.any(String)]);
    } finally {
      await limited.close();
    }
  });
});
