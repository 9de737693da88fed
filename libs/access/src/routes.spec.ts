import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { actorOf, testTokens, type TestTokens } from '#testing';
import { RoleNotAllowed, SignInRequired } from './faults.ts';
import { admit, type Holding } from './gate.ts';
import { addRouteConfig, routeConfigOf } from './route-config.ts';
import { accessFor, accessOf, Allow, AllowBy, Public } from './routes.ts';
import { TokenVerifier } from './token-verifier.ts';

const asSaid: Holding = (said) => Promise.resolve(said);

@Controller('things')
@Allow('coordinator')
class Things {
  @Get()
  list(): void {}

  @Get('open')
  @Public()
  open(): void {}

  @Get(':action')
  @AllowBy('action', { accept: ['intake-worker'] })
  act(): void {}
}

class Plain {
  @Get()
  any(): void {}
}

const said = (method: object): ReturnType<typeof accessOf> => accessOf(routeConfigOf(method));

describe('Who may call a route', () => {
  it('without a decorator: every signed-in person, and nobody else', () => {
    expect(said(Plain.prototype.any)).toBe('signed-in');
    expect(accessOf(undefined)).toBe('signed-in');
  });

  it("a controller's decorator applies to its routes, and a route's own decorator overrides it", () => {
    expect(said(Things.prototype.list)).toEqual(['coordinator']);
    expect(said(Things.prototype.open)).toBe('public');
  });

  it('may depend on the action in the path; an unknown action is open to nobody', () => {
    const access = said(Things.prototype.act);
    expect(accessFor(access, { action: 'accept' })).toEqual(['intake-worker']);
    expect(accessFor(access, { action: 'fly' })).toBe('signed-in');
    expect(accessFor(access, { action: 'constructor' })).toBe('signed-in');
  });

  it('stays set when another decorator adds to the Fastify config of the route', () => {
    const method = Things.prototype.list;
    addRouteConfig(method, { bodyLimit: 10 });
    expect(routeConfigOf(method)).toMatchObject({ access: ['coordinator'], bodyLimit: 10 });
  });
});

describe('The gate', () => {
  let issuer: TestTokens;
  let verifier: TokenVerifier;
  beforeAll(async () => {
    issuer = await testTokens();
    const clock = { now: (): string => new Date().toISOString() };
    verifier = new TokenVerifier({ issuerUrl: () => issuer.issuerUrl, clock });
  });
  afterAll(() => issuer.close());

  const bearer = async (login: string): Promise<string> => `Bearer ${await issuer.tokenFor(login)}`;

  it('requires no token on a public route', async () => {
    expect(await admit(verifier, asSaid, 'public', undefined)).toBeUndefined();
  });

  it('lets a signed-in person through, whatever the spelling of Bearer', async () => {
    const token = await bearer('ines.harbor');
    expect(await admit(verifier, asSaid, 'signed-in', token.replace('Bearer', 'bearer'))).toMatchObject({
      actor: actorOf('ines.harbor'),
    });
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic aW5lczpzZWNyZXQ=', 'Bearer two words'])(
    'requires a sign-in for the header %p',
    async (header) => {
      await expect(admit(verifier, asSaid, 'signed-in', header)).rejects.toBeInstanceOf(SignInRequired);
    },
  );

  it('refuses a role that may never do this, and only after the token', async () => {
    const token = await bearer('ines.harbor');
    await expect(admit(verifier, asSaid, ['coordinator'], token)).rejects.toBeInstanceOf(RoleNotAllowed);
    await expect(admit(verifier, asSaid, ['coordinator'], undefined)).rejects.toBeInstanceOf(SignInRequired);
    await expect(admit(verifier, asSaid, ['coordinator', 'intake-worker'], token)).resolves.toMatchObject({
      actor: actorOf('ines.harbor'),
    });
  });

  it('requires a sign-in if nothing of the token is valid any more, and refuses a caller without a remaining role [S11]', async () => {
    const token = await bearer('ines.harbor');
    const gone: Holding = () => Promise.resolve(undefined);
    const bare: Holding = (said) => Promise.resolve({ ...said, roles: [] });
    for (const access of ['signed-in', ['intake-worker']] as const) {
      await expect(admit(verifier, gone, access, token)).rejects.toBeInstanceOf(SignInRequired);
      await expect(admit(verifier, bare, access, token)).rejects.toBeInstanceOf(RoleNotAllowed);
    }
  });
});
