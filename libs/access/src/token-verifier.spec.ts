import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf, FakeClock, testTokens, type TestTokens } from '#testing';
import { IssuerUnavailable, SignInRequired } from './faults.ts';
import { TokenVerifier } from './token-verifier.ts';

const clock = new FakeClock();
const now = (): number => Math.floor(Date.parse(clock.now()) / 1000);
let issuer: TestTokens;
let other: TestTokens;
let verifier: TokenVerifier;

beforeAll(async () => {
  [issuer, other] = await Promise.all([testTokens(now), testTokens(now)]);
  verifier = new TokenVerifier({ issuerUrl: () => issuer.issuerUrl, clock });
});
afterAll(() => Promise.all([issuer.close(), other.close()]));

describe('A token', () => {
  it('of the issuer names the caller, the organization and the roles', async () => {
    const token = await issuer.tokenFor('ines.harbor');
    expect(await verifier.verify(token)).toEqual(actorOf('ines.harbor'));
  });

  it('of a system-client carries its scopes, one word each', async () => {
    const actor = await verifier.verify(await issuer.tokenFor('notifications'));
    expect(actor.scopes).toEqual(['contact:read', 'log:read']);
    expect(actor.roles).toEqual(['system-client']);
  });

  it('is valid until it expires by our own clock, not by the clock of the machine', async () => {
    const token = await issuer.tokenFor('ines.harbor', { lifetime: 900 });
    clock.advance({ minutes: 14 });
    await expect(verifier.verify(token)).resolves.toMatchObject({ personId: actorOf('ines.harbor').personId });
    clock.advance({ minutes: 2 });
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(SignInRequired);
  });

  it.each([
    ['for another audience', { audience: 'elsewhere' }],
    ['that names another issuer', { issuer: 'https://elsewhere.example' }],
    ['without an organization', { claims: { org: undefined } }],
    ['without a network', { claims: { net: undefined } }],
    ['with an organization that is no id', { claims: { org: 'harbor-house' } }],
    ['without roles', { claims: { roles: [] } }],
    ['with a role that nobody knows', { claims: { roles: ['intake-worker', 'superuser'] } }],
    ['with roles in one text', { claims: { roles: 'intake-worker' } }],
  ])('%s is invalid', async (_, changes) => {
    const token = await issuer.tokenFor('ines.harbor', changes);
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(SignInRequired);
  });

  it('signed by another key is invalid, although it names our issuer', async () => {
    const token = await other.tokenFor('ines.harbor', { issuer: issuer.issuerUrl });
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(SignInRequired);
  });

  it.each([
    ['no signature', (parts: readonly string[]) => `${parts[0]}.${parts[1]}.`],
    ['a changed body', (parts: readonly string[]) => `${parts[0]}.${parts[1]}A.${parts[2]}`],
    ['the algorithm none', (parts: readonly string[]) => `${encoded({ alg: 'none' })}.${parts[1]}.`],
    ['a shared secret for an algorithm', (parts: readonly string[]) => `${encoded({ alg: 'HS256' })}.${parts[1]}.AAAA`],
    ['no parts at all', () => 'nonsense'],
  ])('with %s is invalid', async (_, forge) => {
    const token = await issuer.tokenFor('ines.harbor');
    await expect(verifier.verify(forge(token.split('.')))).rejects.toBeInstanceOf(SignInRequired);
  });
});

describe('The issuer', () => {
  it('is not called before the first token, and its outage is not the fault of the caller', async () => {
    const away = await testTokens(now);
    const token = await away.tokenFor('ines.harbor');
    const waiting = new TokenVerifier({ issuerUrl: () => away.issuerUrl, clock });
    await away.close();
    await expect(waiting.verify(token)).rejects.toBeInstanceOf(IssuerUnavailable);
    // the next token asks again; the verifier does not give up
    await expect(waiting.verify(token)).rejects.toBeInstanceOf(IssuerUnavailable);
  });

  it('that becomes unavailable later does not stop the use of its known keys', async () => {
    const leaving = await testTokens(now);
    const known = new TokenVerifier({ issuerUrl: () => leaving.issuerUrl, clock });
    await known.verify(await leaving.tokenFor('ines.harbor'));
    await leaving.close();
    await expect(known.verify(await leaving.tokenFor('dana.planner'))).resolves.toEqual(actorOf('dana.planner'));
  });
});

function encoded(header: object): string {
  return Buffer.from(JSON.stringify(header)).toString('base64url');
}
