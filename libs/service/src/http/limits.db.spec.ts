import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { Public } from '#access';
import { testService, type TestService } from '#testing';
import { ServiceModule } from '../service-module.ts';
import { NotesModule, NoteTables1764000000001 } from '../testing/notes.ts';

@Controller('door')
class DoorController {
  @Get()
  @Public()
  knock(): string {
    return 'who is there';
  }
}

@ServiceModule({ name: 'notes', migrations: [NoteTables1764000000001], controllers: [DoorController], providers: [] })
class NotesWithDoorModule {}

let notes: TestService;
beforeAll(async () => {
  notes = await testService(NotesModule, 'notes', { requestsPerMinute: 3 });
});
afterAll(() => notes.close());

describe('Limits', () => {
  it('an actor with too many requests learns when to retry, and nobody else is slowed down', async () => {
    const asked = async (login: string): Promise<number> => (await notes.ask(login, { path: 'notes' })).statusCode;
    expect([await asked('ines.harbor'), await asked('ines.harbor'), await asked('ines.harbor')]).toEqual([
      200, 200, 200,
    ]);
    const over = await notes.ask('ines.harbor', { path: 'notes' });
    expect(over.statusCode).toBe(429);
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    expect(over.json()).toMatchObject({ type: 'urn:problem:too-many' });
    expect(await asked('ivan.opendoor')).toBe(200);
  });

  it('health is never limited: balancers ask for it, and it is cheap', async () => {
    for (let times = 0; times < 6; times += 1) {
      expect((await notes.ask(null, { path: 'health/live' })).statusCode).toBe(200);
      expect((await notes.ask(null, { path: 'health/ready' })).statusCode).toBe(200);
    }
  });

  it('every answer has the security headers that restrict a browser', async () => {
    const { headers } = await notes.ask(null, { path: 'health/live' });
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['server']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('A limit by address, without sign-in', () => {
  /** The answers to four requests in a row, each for the caller that the proxy names. */
  async function knocking(trustedProxies: number | undefined, forwardedFor: readonly string[]): Promise<unknown> {
    const proxies = trustedProxies === undefined ? {} : { trustedProxies };
    const deployment = await testService(NotesWithDoorModule, 'notes', { requestsPerMinute: 2, ...proxies });
    try {
      const statuses: number[] = [];
      for (const from of forwardedFor) {
        const asked = { path: 'door', headers: { 'x-forwarded-for': from } };
        statuses.push((await deployment.ask(null, asked)).statusCode);
      }
      return statuses;
    } finally {
      await deployment.close();
    }
  }

  it('ignores a caller who claims to forward for others', async () => {
    const others = ['198.51.100.1', '198.51.100.2', '198.51.100.3'];
    expect(await knocking(undefined, others)).toEqual([200, 200, 429]);
    expect(await knocking(0, others)).toEqual([200, 200, 429]);
  });

  it('applies to each client behind a proxy, and ignores what the client itself wrote into the header', async () => {
    const one = '198.51.100.1';
    expect(await knocking(1, [one, one, one, '198.51.100.2', `203.0.113.9, ${one}`])).toEqual([
      200, 200, 429, 200, 429,
    ]);
  });
});
