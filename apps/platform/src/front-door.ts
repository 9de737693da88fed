import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { securityHeaders, serverOptions, tendServer } from '#service';

/** The target of a path: a service's own application, which gets the request unchanged, or a page of the platform. */
export interface Behind {
  /** By name; undefined while it has not started; `unknown` if there is no such service. */
  readonly service: (name: string) => Handler | undefined | 'unknown';
  /** For a GET or HEAD; undefined if there is none. */
  readonly page: (request: IncomingMessage) => Handler | undefined;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The paths that belong to the issuer (contract.md §6.1). */
const ISSUER = 'identity';
const ISSUER_PATHS = ['oidc', '.well-known'];

/** Longer than a proxy in front keeps a connection; otherwise it would send into a closed one. */
const KEEP_ALIVE_MS = 65_000;

export interface DoorOptions {
  /** The address that people use: with https, the answers make browsers use only https. A function, because it is known only after the start. */
  readonly publicUrl?: () => string;
  readonly isBehindProxy?: boolean;
}

/** One `node:http` server in front of all services: it routes by the first path segments and keeps the path. */
export function frontDoor(behind: Behind, { publicUrl = () => '', isBehindProxy = false }: DoorOptions = {}): Server {
  const server = createServer({ ...serverOptions, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    // The server no longer listens, so it is stopping: this is the connection's last answer.
    if (!server.listening) response.setHeader('connection', 'close');
    // The target may override these headers; setting them here makes sure that none is forgotten.
    for (const [name, value] of Object.entries(securityHeaders(publicUrl()))) response.setHeader(name, value);
    handlerFor(request, behind)(request, response);
  });
  tendServer(server, { publicUrl, isBehindProxy });
  return server;
}

function handlerFor(request: IncomingMessage, behind: Behind): Handler {
  const { url = '/', method, headers, httpVersion } = request;
  if (headers.host === undefined && httpVersion === '1.1') return hostless;
  const path = url.split('?', 1)[0] ?? '/';
  const [, first = '', second = ''] = path.split('/');
  const name = first === 'api' ? second : ISSUER_PATHS.includes(first) ? ISSUER : undefined;
  if (name === undefined) return (isRead(method) ? behind.page(request) : undefined) ?? notFound;
  const service = behind.service(name);
  if (service === 'unknown') return notFound;
  return service ?? starting;
}

/** The single body of every 404 (contract.md §1). */
export const notFound: Handler = (request, response) =>
  problem(request, response, {
    type: 'urn:problem:not-found',
    title: 'Not found',
    status: 404,
    detail: 'There is nothing here for you.',
  });

/** Every request of HTTP/1.1 names a host (RFC 9112 §3.2). */
const hostless: Handler = (request, response) =>
  problem(request, response, {
    type: 'urn:problem:invalid',
    title: 'Invalid request',
    status: 400,
    detail: 'The request names no host.',
  });

/** The answer to a caller with too many requests. */
export const tooMany =
  (seconds: number): Handler =>
  (request, response) => {
    response.setHeader('retry-after', String(seconds));
    problem(request, response, {
      type: 'urn:problem:too-many',
      title: 'Too many requests',
      status: 429,
      detail: 'Wait a moment and try again.',
    });
  };

/** The answer if the service has not started. */
export const starting: Handler = (request, response) => {
  response.setHeader('retry-after', '2');
  problem(request, response, {
    type: 'urn:problem:unavailable',
    title: 'Unavailable',
    status: 503,
    detail: 'This service is starting or stopping. Try again in a moment.',
  });
};

/** The caller's address: entries of the nearest trusted proxies count, entries before them do not. */
export function clientAddress({ socket, headers }: IncomingMessage, trustedProxies: number): string {
  const entries = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const forwarded = entries.map((each) => each.trim()).filter((each) => each !== '');
  const addresses = [socket.remoteAddress ?? '', ...forwarded.toReversed()];
  return addresses[Math.min(trustedProxies, addresses.length - 1)] ?? '';
}

interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

function problem(request: IncomingMessage, response: ServerResponse, body: ProblemBody): void {
  // The rest of the client's body must be read; otherwise the client may see a cut connection instead of the answer.
  request.resume();
  response.setHeader('x-correlation-id', correlationOf(request));
  write(response, body.status, 'application/problem+json; charset=utf-8', JSON.stringify(body));
}

function isRead(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The caller's correlation id if it is a UUID, otherwise a new one (contract.md §1). */
function correlationOf({ headers }: IncomingMessage): string {
  const given = headers['x-correlation-id'];
  return typeof given === 'string' && uuid.test(given) ? given.toLowerCase() : randomUUID();
}

function write(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** Sends a text. `type` is a media type; browsers must not cache the platform's own pages across versions. */
export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.setHeader(
    'content-security-policy',
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  );
  write(response, status, `${type}; charset=utf-8`, body);
}

const FORCE_MS = 10_000;

/** Accepts nothing new, lets running answers end (the services end long ones), and cuts the rest after 10 s. */
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
