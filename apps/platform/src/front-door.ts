import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** What a path leads to: a service's own application, which gets the request as it came, or a page of the platform. */
export interface Behind {
  /** By name; undefined while it has not started; `unknown` where there is no such service. */
  readonly service: (name: string) => Handler | undefined | 'unknown';
  /** By path without the query; undefined where there is none. */
  readonly page: (path: string) => Handler | undefined;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The paths that are the issuer's (contract.md §6.1). */
const ISSUER = 'identity';
const ISSUER_PATHS = ['oidc', '.well-known'];

const KEEP_ALIVE_MS = 65_000;
/** Longer than a proxy in front keeps a connection, or it would send into a closed one. */
const HEADERS_MS = 70_000;

/** One `node:http` server before all services: by the first path segments, path unchanged. */
export function frontDoor(behind: Behind): Server {
  const server = createServer((request, response) => {
    // A server that no longer listens is stopping: this connection's last answer.
    if (!server.listening) response.setHeader('connection', 'close');
    handlerFor(request.url ?? '/', behind)(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_MS;
  return server;
}

function handlerFor(url: string, behind: Behind): Handler {
  const path = url.split('?', 1)[0] ?? '/';
  const [, first = '', second = ''] = path.split('/');
  const name = first === 'api' ? second : ISSUER_PATHS.includes(first) ? ISSUER : undefined;
  if (name === undefined) return behind.page(path) ?? notFound;
  const service = behind.service(name);
  if (service === 'unknown') return notFound;
  return service ?? starting;
}

/** The one body of every 404 (contract.md §1). */
export const notFound: Handler = (request, response) =>
  problem(request, response, {
    type: 'urn:problem:not-found',
    title: 'Not found',
    status: 404,
    detail: 'There is nothing here for you.',
  });

const starting: Handler = (request, response) => {
  response.setHeader('retry-after', '2');
  problem(request, response, {
    type: 'urn:problem:unavailable',
    title: 'Unavailable',
    status: 503,
    detail: 'This service is starting or stopping. Try again in a moment.',
  });
};

interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

function problem(request: IncomingMessage, response: ServerResponse, body: ProblemBody): void {
  // What the client is still sending must be read, or it may see its connection cut instead of the answer.
  request.resume();
  response.writeHead(body.status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

/** Sends a text. `type` is a media type; nothing of the platform's own is to be kept by a browser across versions. */
export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(body);
}

const FORCE_MS = 10_000;

/** Takes nothing new, lets answers under way end, and cuts what is left after 10 s. Call `afterwards` ends long answers. */
export async function closeDoor(server: Server, endServices: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const force = setTimeout(() => server.closeAllConnections(), FORCE_MS);
  try {
    await endServices();
    await closed;
  } finally {
    clearInterval(idle);
    clearTimeout(force);
  }
}
