import { describe, expect, it } from '@jest/globals';
import { Injectable, Module, type InjectionToken, type Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { Test } from '@nestjs/testing';
import { TokenVerifier } from '#access';
import { CLOCK, EventLog, IDS, Timers, TimerWorker } from '#events';
import { UnitOfWork } from '#persistence';
import {
  CommandRunner,
  DEPLOYMENT,
  InFlight,
  LOG,
  makeSecrets,
  Metrics,
  Peers,
  Positions,
  Roster,
  serviceOptions,
} from '#service';
import { services } from './services.ts';

/** What the service shell provides to every module, and needs a server for. */
const shell: ReadonlySet<InjectionToken> = new Set<InjectionToken>([
  ...[CLOCK, IDS, LOG, UnitOfWork, EventLog, Timers, TimerWorker],
  ...[CommandRunner, InFlight, Metrics, Peers, Positions, Roster, TokenVerifier],
]);

/**
 * Nest finds a forgotten provider only when it starts, which needs a database. Here each module is put together without
 * one: everything of the module is real, and the shell's parts are stand-ins that nobody calls.
 */
describe('Nest can put together', () => {
  it.each(services.map(({ name, module }) => [name, module] as const))('%s', async (_, module) => {
    await expect(putTogether(module)).resolves.toBeGreaterThan(3);
  });

  it('no module in which a provider is forgotten', async () => {
    @Injectable()
    class Forgotten {}
    @Injectable()
    class Needs {
      constructor(readonly forgotten: Forgotten) {}
    }
    @Module({ providers: [Needs] })
    class Planted {}
    await expect(putTogether(Planted)).rejects.toThrow('nobody provides Forgotten');
  });
});

/** Returns how many controllers and providers the module names. */
async function putTogether(module: Type): Promise<number> {
  const own = Reflect.getMetadata(MODULE_METADATA.PROVIDERS, module) as readonly unknown[];
  const controllers = (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? []) as readonly unknown[];
  const config = configOf(module);
  await Test.createTestingModule({ imports: [module] })
    .useMocker((token) => {
      if (token === DEPLOYMENT) return { secrets: makeSecrets([], []) };
      if (token === config) return new (token as Type<object>)();
      if (token !== undefined && shell.has(token)) return standIn();
      throw new Error(`nobody provides ${typeof token === 'function' ? token.name : String(token)}`);
    })
    .compile();
  return own.length + controllers.length;
}

/** The class of the service's settings; a module that is no service has none. */
function configOf(module: Type): Type | undefined {
  try {
    return serviceOptions(module).config;
  } catch {
    return undefined;
  }
}

/** Answers every call of a constructor with nothing. */
function standIn(): object {
  return new Proxy({}, { get: (_target, name) => (name === 'then' ? undefined : () => undefined) });
}
