import type { AddressInfo } from 'node:net';
import { embeddedTransport, type Clock, type Transport } from '#events';
import { makeSecrets, startService, type HouseConfig, type RunningService } from '#service';
import { freshDatabase, provisionForTests, testPasswords } from '#testing';
import { partitionsPerTopic, seedSystemClients, topics } from '#contracts';
import { ConsentModule } from '../apps/consent/src/consent.module.ts';
import { CoordinationModule } from '../apps/coordination/src/coordination.module.ts';
import { DirectoryModule } from '../apps/directory/src/directory.module.ts';
import { IdentityModule } from '../apps/identity/src/identity.module.ts';
import { NotificationsModule } from '../apps/notifications/src/notifications.module.ts';
import { frontDoor } from '../apps/platform/src/front-door.ts';
import { ReferralsModule } from '../apps/referrals/src/referrals.module.ts';
import type { House } from './stories/people.ts';

/** Identity first: the others verify its tokens, and read the people that it seeds. */
export const serviceModules = {
  identity: IdentityModule,
  directory: DirectoryModule,
  consent: ConsentModule,
  referrals: ReferralsModule,
  notifications: NotificationsModule,
  coordination: CoordinationModule,
};
export type ServiceName = keyof typeof serviceModules;

export interface TestHouse extends House {
  readonly adminUrl: string;
  readonly baseUrl: string;
  readonly services: ReadonlyMap<ServiceName, RunningService>;
  /** Everything that has happened has been heard by everybody, and what it set off has happened too. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface TestHouseOptions {
  readonly transport?: (adminUrl: string) => Transport;
  readonly clock?: Clock;
  /** Whether timers fire by themselves; unless told they do. */
  readonly timers?: boolean;
}

/** The whole platform in this process, on a database of its own, behind one port below 32768 (traps.md 54b). */
export async function openHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const { adminUrl, drop } = await freshDatabase();
  const names = Object.keys(serviceModules) as ServiceName[];
  for (const name of names) await provisionForTests(adminUrl, name);
  const transport = (options.transport ?? ((url: string) => embeddedTransport({ adminUrl: url })))(adminUrl);
  await transport.prepare(topics, partitionsPerTopic);
  const services = new Map<ServiceName, RunningService>();
  const door = frontDoor({
    service: (name) => {
      if (!(name in serviceModules)) return 'unknown';
      const service = services.get(name as ServiceName);
      return service && ((request, response) => service.handle(request, response));
    },
    page: () => undefined,
  });
  await listen(door);
  const baseUrl = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const made = await makeSecrets(
    names,
    seedSystemClients.map((each) => each.clientId),
  );
  const config: HouseConfig = {
    adminUrl,
    transport,
    issuerUrl: () => baseUrl,
    peersUrl: () => baseUrl,
    secrets: { ...made, rolePasswords: Object.fromEntries(names.map((name) => [name, testPasswords])) },
    demo: true,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    logLevel: process.env.LOG_LEVEL === 'debug' ? 'debug' : 'fatal',
    requestsPerMinute: 0,
    timers: options.timers ?? true,
  };
  const close = async (): Promise<void> => {
    door.closeAllConnections();
    await new Promise((resolve) => void door.close(resolve));
    for (const service of [...services.values()].reverse()) await service.close();
    await transport.close();
    await drop();
  };
  try {
    for (const name of names) services.set(name, await startService(serviceModules[name], config));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    adminUrl,
    baseUrl,
    baseOf: () => baseUrl,
    services,
    // What one service says can make another act, which says something again: no story needs more than a few rounds.
    settle: async () => {
      for (let round = 0; round < 4; round += 1) {
        for (const service of services.values()) await service.settle();
      }
    },
    close,
  };
}

async function listen(server: ReturnType<typeof frontDoor>): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listening) return;
  }
  throw new Error('no free port for the house of tests');
}
