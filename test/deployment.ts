import { embeddedTransport, type Clock, type Transport } from '#events';
import { seedSystemClients } from '#contracts';
import { serviceUrls } from '#persistence';
import { makeSecrets, type DeploymentConfig, type RunningService, type Secrets } from '#service';
import { databaseWith, testPasswords } from '#testing';
import { startPlatform } from '../apps/platform/src/platform.ts';
import { services } from '../apps/platform/src/services.ts';
import type { Deployment } from './stories/people.ts';

export interface TestDeployment extends Deployment {
  readonly adminUrl: string;
  readonly baseUrl: string;
  readonly services: ReadonlyMap<string, RunningService>;
  /** Resolves when every service has handled every event, and everything that followed from them. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface TestDeploymentOptions {
  readonly transport?: (adminUrl: string) => Transport;
  readonly clock?: Clock;
  /** A database that an earlier deployment has left: it is kept at the end, too. */
  readonly on?: string;
  /** Starts before any service has read anything: the test is about the start itself. */
  readonly unsettled?: boolean;
  /** Whether timers fire by themselves; by default they do. */
  readonly timers?: boolean;
  /** How the platform reaches its database; by default directly. */
  readonly way?: (adminUrl: string) => string;
  /** The address that people use, if it is not the listen address. */
  readonly publicUrl?: string;
  /** By default no limit. */
  readonly requestsPerMinute?: number;
  readonly metricsToken?: string;
}

/** The whole platform in this process, on its own database, behind one port below 32768 (traps.md 54b). */
export async function openDeployment(options: TestDeploymentOptions = {}): Promise<TestDeployment> {
  const { adminUrl: straight, drop } = options.on === undefined ? await platformDatabase() : kept(options.on);
  const adminUrl = options.way?.(straight) ?? straight;
  const transport = (options.transport ?? openEmbedded)(adminUrl);
  const deployment = (address: string, insideAddress: string): DeploymentConfig => ({
    adminUrl,
    transport,
    issuerUrl: () => address,
    issuerInsideUrl: () => insideAddress,
    peersUrl: () => insideAddress,
    publicUrl: () => address,
    secrets: testSecrets(),
    demo: true,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    logLevel: process.env['LOG_LEVEL'] === 'debug' ? 'debug' : 'fatal',
    requestsPerMinute: options.requestsPerMinute ?? 0,
    ...(options.metricsToken === undefined ? {} : { metricsToken: options.metricsToken }),
    timers: options.timers ?? true,
  });
  const leave = async (): Promise<void> => {
    await transport.close();
    await drop();
  };
  try {
    const platform = await startPlatform({
      services,
      deployment,
      demo: true,
      webFolder: 'dist/apps/web',
      ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
      listening: {
        host: '127.0.0.1',
        port: 10_000 + Math.floor(Math.random() * 20_000),
        mayMove: true,
        taken: () => undefined,
      },
    });
    const baseUrl = platform.insideAddress;
    // an event can cause another service to act and publish another one: no story needs more than a few rounds
    const settle = async (): Promise<void> => {
      for (let round = 0; round < 4; round += 1) {
        for (const service of platform.services) await service.settle();
      }
    };
    // a referral names services that the directory has published: the seed must be read before the work starts
    if (options.unsettled !== true) await settle();
    return {
      adminUrl: straight,
      baseUrl,
      baseOf: () => baseUrl,
      services: new Map(platform.services.map((service) => [service.name, service])),
      settle,
      close: async () => {
        await platform.close();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** A new database with the tables of every service. */
export function platformDatabase(): ReturnType<typeof databaseWith> {
  return databaseWith(...services.map(({ module }) => module));
}

function kept(adminUrl: string): { readonly adminUrl: string; drop(): Promise<void> } {
  return { adminUrl, drop: () => Promise.resolve() };
}

/** as in the product: each service with the rights of its own role */
function openEmbedded(adminUrl: string): Transport {
  return embeddedTransport({ adminUrl, appUrl: (service) => serviceUrls(adminUrl, service, testPasswords).appUrl });
}

/** Secrets of a test deployment. Roles belong to the cluster, so their passwords are the same in every spec. */
export function testSecrets(): Secrets {
  const names = services.map(({ name }) => name);
  const made = makeSecrets(
    names,
    seedSystemClients.map((each) => each.clientId),
  );
  return { ...made, rolePasswords: Object.fromEntries(names.map((name) => [name, testPasswords])) };
}
