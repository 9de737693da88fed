import type { Type } from '@nestjs/common';
import { asyncApi, hasSentAll, startService } from '#service';
import type { HasSentAll, HouseConfig, RunningService } from '#service';
import { closeDoor, frontDoor, send, starting } from './front-door.ts';
import type { Handler } from './front-door.ts';
import { joinedDocument } from './joined/documents.ts';
import type { JoinedDocument, ServiceDocument } from './joined/documents.ts';
import { joinedReadiness } from './joined/health.ts';
import { joinedMetrics } from './joined/metrics.ts';
import { docsPages } from './pages/docs-page.ts';
import { frontPages, isOfTheWeb } from './pages/front-page.ts';
import { listenOn } from './ports.ts';
import type { Listening } from './ports.ts';

/** One line of services.ts. */
export interface NamedService {
  readonly name: string;
  readonly module: Type;
}

export interface PlatformOptions {
  readonly services: readonly NamedService[];
  /** Called once the address is known: tokens name it, and services call each other there. */
  readonly house: (address: string) => HouseConfig;
  readonly listening: Listening;
  /** `http://localhost:<port>` unless told. */
  readonly publicUrl?: string;
  readonly demo: boolean;
  /** Told in words what a start waits for. */
  readonly waits?: (words: string) => void;
  /** Told of each service that is up, with what it took. */
  readonly started?: (name: string, ms: number) => void;
}

export interface RunningPlatform {
  /** Without a slash at the end. */
  readonly address: string;
  readonly services: readonly RunningService[];
  /** Ends answers under way, then each service. Does not touch what `house` opened. */
  close(): Promise<void>;
}

/**
 * Starts each service as its own Nest application, all in this process behind one port. The port is taken first, so that
 * a second start fails at once; until a service is up its paths answer 503. Throws the first fault, with everything
 * closed again.
 */
export async function startPlatform(o: PlatformOptions): Promise<RunningPlatform> {
  const running = new Map<string, RunningService>();
  const waits = new Map<string, string>();
  const pages = pagesOf(o, running, waits);
  const names = o.services.map(({ name }) => name);
  const server = frontDoor({
    service: (name) => (names.includes(name) ? handlerOf(running.get(name)) : 'unknown'),
    page: (path) => pages[path] ?? (isOfTheWeb(path) ? pages['/'] : undefined),
  });
  const close = (): Promise<void> =>
    closeDoor(server, async () => {
      await Promise.all([...running.values()].map((service) => service.close()));
    });
  const port = await listenOn(server, o.listening);
  const address = o.publicUrl ?? `http://localhost:${port}`;
  try {
    const house: HouseConfig = { ...o.house(address), hasSentAll: sentBy(running), tell: waiting(o, waits) };
    // All of them, also after one failed: what is still starting could not be closed.
    const starts = await Promise.allSettled(o.services.map((each) => startOne(each, house, running, o.started)));
    const failed = starts.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return { address, services: [...running.values()], close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startOne(
  { name, module }: NamedService,
  house: HouseConfig,
  running: Map<string, RunningService>,
  started: PlatformOptions['started'],
): Promise<void> {
  const from = performance.now();
  try {
    running.set(name, await startService(module, house));
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

/** In this process nobody needs to be asked by HTTP. */
function sentBy(running: ReadonlyMap<string, RunningService>): HasSentAll {
  return async (name) => hasSentAll((await running.get(name)?.ready()) ?? {});
}

function waiting(o: PlatformOptions, waits: Map<string, string>): NonNullable<HouseConfig['tell']> {
  return (name, words) => {
    waits.set(name, words);
    o.waits?.(words);
  };
}

function pagesOf(
  o: PlatformOptions,
  running: ReadonlyMap<string, RunningService>,
  waits: ReadonlyMap<string, string>,
): Readonly<Record<string, Handler>> {
  const names = o.services.map(({ name }) => name);
  const json = (response: Parameters<Handler>[1], status: number, body: unknown): void =>
    send(response, status, 'application/json', JSON.stringify(body, null, 2));
  const failed = (response: Parameters<Handler>[1]) => (): void => json(response, 500, { status: 'fault' });
  return {
    ...frontPages({ services: names, demo: o.demo }),
    ...docsPages(names),
    '/docs-json': (request, response) => {
      // Half of the routes would look like all of them.
      if (running.size < names.length) return starting(request, response);
      joinedDocuments(names, running).then((found) => json(response, 200, found), failed(response));
    },
    '/asyncapi.json': (_request, response) => json(response, 200, asyncApi()),
    '/health/live': (_request, response) => json(response, 200, { status: 'live' }),
    '/health/ready': (_request, response) => {
      const asked = names.map((name) => ({
        name,
        service: running.get(name),
        because: waits.get(name) ?? 'has not started yet',
      }));
      joinedReadiness(asked).then(
        (found) => json(response, found.status === 'ready' ? 200 : 503, found),
        failed(response),
      );
    },
    '/metrics': (_request, response) => {
      Promise.all([...running.values()].map(metricsOf)).then(
        (texts) => send(response, 200, 'text/plain; version=0.0.4', joinedMetrics(texts)),
        failed(response),
      );
    },
  };
}

async function metricsOf({ name, app }: RunningService): Promise<string> {
  const answer = await app.inject({ method: 'GET', url: `/api/${name}/metrics` });
  return answer.statusCode === 200 ? answer.body : '';
}

/** In the order of the names. Throws where a service gives none, or where they do not go together. */
async function joinedDocuments(
  names: readonly string[],
  running: ReadonlyMap<string, RunningService>,
): Promise<JoinedDocument> {
  const documents = new Map<string, ServiceDocument>();
  for (const name of names) {
    const answer = await running.get(name)?.app.inject({ method: 'GET', url: `/api/${name}/openapi.json` });
    if (answer?.statusCode !== 200) throw new Error(`${name} gave no document of its routes`);
    documents.set(name, answer.json<ServiceDocument>());
  }
  return joinedDocument(documents);
}
