import type { Type } from '@nestjs/common';
import { hasSentAll, makeKeeper, startService } from '#service';
import type { HasSentAll, DeploymentConfig, RunningService } from '#service';
import { closeDoor, frontDoor } from './front-door.ts';
import type { Handler } from './front-door.ts';
import { OVERVIEW } from './pages/overview-page.ts';
import { platformPages } from './pages/platform-pages.ts';
import { insideAddress } from './ports.ts';
import { listenOn } from './ports.ts';
import type { Listening } from './ports.ts';
import { screenSegments } from './web/screen-segments.ts';
import { webPages } from './web/web-pages.ts';

/** One entry of services.ts. */
export interface NamedService {
  readonly name: string;
  readonly module: Type;
}

export interface PlatformOptions {
  readonly services: readonly NamedService[];
  /**
   * Called once the address is known, because tokens contain it. The other address is where this machine reaches the
   * platform, whatever is in front of it: services call each other there.
   */
  readonly deployment: (address: string, insideAddress: string) => DeploymentConfig;
  readonly listening: Listening;
  /** By default `http://localhost:<port>`. */
  readonly publicUrl?: string;
  /** How many proxies are in front; by default none. */
  readonly trustedProxies?: number;
  readonly demo: boolean;
  /** Where the built web application is; read once. Without a build, `/` leads to the platform's own page. */
  readonly webFolder: string;
  /** Called with a sentence that says what a start waits for. */
  readonly waits?: (words: string) => void;
  /** Called for each started service, with the time that it took. */
  readonly started?: (name: string, ms: number) => void;
}

export interface RunningPlatform {
  /** Without a trailing slash. */
  readonly address: string;
  /** Where this machine reaches it, whatever is in front of it. */
  readonly insideAddress: string;
  readonly services: readonly RunningService[];
  /** Ends answers under way, then each service. Does not touch what `deployment` opened. */
  close(): Promise<void>;
}

/**
 * Starts each service as its own Nest application, all in this process behind one port. The port is opened first, so that
 * a second start fails immediately; until a service is up its paths answer 503. Throws the first error, with everything
 * closed again.
 */
export async function startPlatform(o: PlatformOptions): Promise<RunningPlatform> {
  const running = new Map<string, RunningService>();
  const waits = new Map<string, string>();
  const names = o.services.map(({ name }) => name);
  let deployment: DeploymentConfig | undefined;
  const pages = new Map(
    Object.entries(platformPages({ names, running, waits, demo: o.demo, deployment: () => deployment })),
  );
  const web = webPages({ folder: o.webFolder, screens: screenSegments, instead: OVERVIEW });
  const server = frontDoor(
    {
      service: (name) => (names.includes(name) ? handlerOf(running.get(name)) : 'unknown'),
      page: (request) => pages.get(request.url?.split('?', 1)[0] ?? '/') ?? web(request),
    },
    { publicUrl: () => o.publicUrl ?? '', isBehindProxy: (o.trustedProxies ?? 0) > 0 },
  );
  const close = (): Promise<void> =>
    closeDoor(server, async () => {
      await Promise.all([...running.values()].map((service) => service.close()));
    });
  const port = await listenOn(server, o.listening);
  const address = o.publicUrl ?? `http://localhost:${port}`;
  const inside = insideAddress(o.listening.host, port);
  try {
    const config = o.deployment(address, inside);
    // shared by all, so that nobody gains by calling another service
    const keeper = makeKeeper(config.requestsPerMinute);
    const shared: DeploymentConfig = { keeper, ...config, hasSentAll: sentBy(running), tell: waiting(o, waits) };
    deployment = shared;
    // wait for all of them even after one failed: a service that is still starting could not be closed
    const starts = await Promise.allSettled(o.services.map((each) => startOne(each, shared, running, o.started)));
    const failed = starts.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return { address, insideAddress: inside, services: [...running.values()], close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startOne(
  { name, module }: NamedService,
  deployment: DeploymentConfig,
  running: Map<string, RunningService>,
  started: PlatformOptions['started'],
): Promise<void> {
  const from = performance.now();
  try {
    running.set(name, await startService(module, deployment));
  } catch (error) {
    throw new Error(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  started?.(name, performance.now() - from);
}

function handlerOf(service: RunningService | undefined): Handler | undefined {
  return service === undefined ? undefined : (request, response) => service.handle(request, response);
}

/** within one process no HTTP call is needed */
function sentBy(running: ReadonlyMap<string, RunningService>): HasSentAll {
  return async (name) => hasSentAll((await running.get(name)?.ready()) ?? {});
}

function waiting(o: PlatformOptions, waits: Map<string, string>): NonNullable<DeploymentConfig['tell']> {
  return (name, words) => {
    waits.set(name, words);
    o.waits?.(words);
  };
}
