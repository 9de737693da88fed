import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { actorOf } from './actors.ts';
import { FakeClock } from './fake-clock.ts';
import { seededIds } from './seeded-ids.ts';
import { testTokens } from './tokens.ts';

describe('the tools of the tests', () => {
  it('let time pass only when the test moves it', () => {
    const clock = new FakeClock('2026-03-01T00:00:00.000Z');
    expect(clock.now()).toBe('2026-03-01T00:00:00.000Z');
    expect(clock.advance({ days: 1, hours: 2, ms: 5 })).toBe('2026-03-02T02:00:00.005Z');
    clock.set('2027-01-01T00:00:00.000Z');
    expect(clock.now()).toBe('2027-01-01T00:00:00.000Z');
  });

  it('give the same ids in every run, in increasing order, and different ones for another seed', () => {
    const take = (seed: number): string[] => {
      const ids = seededIds(seed);
      return Array.from({ length: 50 }, () => ids.next());
    };
    expect(take(1)).toEqual(take(1));
    expect([...take(1)].sort()).toEqual(take(1));
    expect(new Set([...take(1), ...take(2)]).size).toBe(100);
    expect(take(3)[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('know every seed person and system-client by name, and list them for an unknown name', () => {
    expect(actorOf('ines.harbor').roles).toEqual(['intake-worker']);
    expect(actorOf('st-brigid-ehr')).toMatchObject({ roles: ['system-client'], scopes: [] });
    expect(() => actorOf('nobody')).toThrow('dana.planner');
  });

  it('issue tokens that verify against the key set of the test issuer', async () => {
    const issuer = await testTokens();
    const { jwks_uri: keys } = (await (await fetch(`${issuer.issuerUrl}/.well-known/openid-configuration`)).json()) as {
      jwks_uri: string;
    };
    expect(await (await fetch(keys)).json()).toEqual(issuer.jwks);
    const { payload } = await jwtVerify(await issuer.tokenFor('dana.planner'), createLocalJWKSet(issuer.jwks), {
      issuer: issuer.issuerUrl,
      audience: 'platform',
    });
    expect(payload).toMatchObject({ roles: ['discharge-planner'], org: actorOf('dana.planner').organizationId });
    await issuer.close();
  });
});
