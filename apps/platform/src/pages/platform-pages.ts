import type { IncomingMessage } from 'node:http';
import { asyncApi, documentsPerMinute, fewASecond } from '#service';
import type { DeploymentConfig, Problem, RunningService } from '#service';
import { clientAddress, send, starting, tooMany } from '../front-door.ts';
import type { Handler } from '../front-door.ts';
import { joinedDocument } from '../joined/documents.ts';
import type { ServiceDocument } from '../joined/documents.ts';
import { joinedReadiness } from '../joined/health.ts';
import { joinedMetrics } from '../joined/metrics.ts';
import { docsPages } from './docs-page.ts';
import { overviewPages } from './overview-page.ts';

export interface PlatformPagesFacts {
  readonly names: readonly string[];
  readonly running: ReadonlyMap<string, RunningService>;
  /** What a service that has not started is waiting for. */
  readonly waits: ReadonlyMap<string, string>;
  readonly demo: boolean;
  /** Undefined until the address is known. */
  readonly deployment: () => DeploymentConfig | undefined;
}

type Response = Parameters<Handler>[1];

/**
 * The platform's own pages, by path. Large ones are built once and limited per address; readiness is computed at most a
 * few times a second.
 */
export function platformPages(facts: PlatformPagesFacts): Readonly<Record<string, Handler>> {
  const { names, demo, deployment } = facts;
  const documents = { ...docsPages(names), '/docs-json': allRoutes(facts), '/asyncapi.json': allEvents() };
  return {
    ...overviewPages({ services: names, demo }),
    ...Object.fromEntries(Object.entries(documents).map(([path, page]) => [path, limited(page, deployment)])),
    '/health/live': (_request, response) => json(response, 200, { status: 'live' }),
    '/health/ready': readiness(facts),
    '/metrics': metrics(facts),
  };
}

function limited(page: Handler, deployment: PlatformPagesFacts['deployment']): Handler {
  return (request, response) => {
    const { keeper, trustedProxies } = deployment() ?? {};
    try {
      keeper?.limits.address(clientAddress(request, trustedProxies ?? 0), documentsPerMinute);
    } catch (error) {
      return tooMany(Number((error as Problem).headers?.['Retry-After'] ?? 1))(request, response);
    }
    page(request, response);
  };
}

function allRoutes({ names, running }: PlatformPagesFacts): Handler {
  let text: Promise<string> | undefined;
  return (request, response) => {
    // half of the routes would look like all of them
    if (running.size < names.length) return starting(request, response);
    text ??= joinedDocuments(names, running);
    text.then(
      (found) => send(response, 200, 'application/json', found),
      () => {
        text = undefined;
        failed(response);
      },
    );
  };
}

function allEvents(): Handler {
  let text: string | undefined;
  return (_request, response) => {
    text ??= JSON.stringify(asyncApi(), null, 2);
    send(response, 200, 'application/json', text);
  };
}

function readiness({ names, running, waits }: PlatformPagesFacts): Handler {
  const find = fewASecond(() =>
    joinedReadiness(
      names.map((name) => ({ name, service: running.get(name), because: waits.get(name) ?? 'has not started yet' })),
    ),
  );
  return (_request, response) => {
    find().then(
      (found) => {
        if (found.status !== 'ready') response.setHeader('retry-after', '5');
        json(response, found.status === 'ready' ? 200 : 503, found);
      },
      () => failed(response),
    );
  };
}

/** The first service checks the caller: they would all give the same answer. */
function metrics({ running }: PlatformPagesFacts): Handler {
  return (request, response) => {
    const [first, ...others] = [...running.values()];
    if (first === undefined) return starting(request, response);
    metricsOf(first, request)
      .then(async (judged) => {
        if (judged.statusCode !== 200) return refused(judged, response);
        const answers = [judged, ...(await Promise.all(others.map((each) => metricsOf(each, request))))];
        const text = joinedMetrics(answers.map(({ statusCode, body }) => (statusCode === 200 ? body : '')));
        send(response, 200, 'text/plain; version=0.0.4', text);
      })
      .catch(() => failed(response));
  };
}

function refused({ statusCode, headers, body }: Awaited<ReturnType<typeof metricsOf>>, response: Response): void {
  for (const name of ['www-authenticate', 'retry-after', 'x-correlation-id']) {
    const value = headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  send(response, statusCode, 'application/problem+json', body);
}

function metricsOf({ name, app }: RunningService, { headers, socket }: IncomingMessage): ReturnType<typeof app.inject> {
  const { authorization, 'x-forwarded-for': forwardedFor } = headers;
  return app.inject({
    method: 'GET',
    url: `/api/${name}/metrics`,
    remoteAddress: socket.remoteAddress ?? '',
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }),
    },
  });
}

/** In the order of the names. Throws if a service has no document, or if they do not fit together. */
async function joinedDocuments(
  names: readonly string[],
  running: ReadonlyMap<string, RunningService>,
): Promise<string> {
  const documents = new Map<string, ServiceDocument>();
  for (const name of names) {
    const answer = await running.get(name)?.app.inject({ method: 'GET', url: `/api/${name}/openapi.json` });
    if (answer?.statusCode !== 200) throw new Error(`${name} gave no document of its routes`);
    documents.set(name, answer.json<ServiceDocument>());
  }
  return JSON.stringify(joinedDocument(documents), null, 2);
}

function json(response: Response, status: number, body: unknown): void {
  send(response, status, 'application/json', JSON.stringify(body, null, 2));
}

function failed(response: Response): void {
  json(response, 500, { status: 'fault' });
}
