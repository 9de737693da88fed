import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { addressKey } from './counts.ts';
import { securityHeaders } from './security-headers.ts';
import { SlowBodies } from './slow-bodies.ts';

/** The server options of every service: a client that sends headers byte by byte is cut within seconds. */
export const serverOptions: ServerOptions = {
  headersTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  // Node's own answer would lack the headers that every answer has
  requireHostHeader: false,
};

export interface Tending {
  /** The address that people use. A function, because the port may not be known yet. */
  readonly publicUrl: () => string;
  /** Behind a proxy all connections come from its address. */
  readonly isBehindProxy: boolean;
  /** For one address, if there is no proxy in front. */
  readonly mostConnections?: number;
}

/** Many people of one organization, each with several tabs, share an address. */
const usualMostConnections = 2000;
const mostConnectionsOfAll = 10_000;

/**
 * What a server does with input that never becomes a request: bodies that stall (408), invalid headers (400, 408, 431),
 * and more connections from one address than people need. Every such answer has the headers of all other answers.
 */
export function tendServer(server: Server, tending: Tending): void {
  const bodies = new SlowBodies();
  const headers = (): Readonly<Record<string, string>> => ({
    ...securityHeaders(tending.publicUrl()),
    'cache-control': 'no-store',
    'x-correlation-id': randomUUID(),
    'content-type': 'application/problem+json',
    connection: 'close',
  });
  const refuse = (response: ServerResponse, status: number): void => {
    if (response.headersSent) return;
    response.writeHead(status, headers());
    response.end(bodyOf(status));
  };
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    bodies.watch(request, () => {
      refuse(response, 408);
      // the answer must be sent before the connection is cut
      setTimeout(() => request.socket.destroy(), 200).unref();
    });
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => refuse(response, 417));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) =>
    answerUnparsed(socket, statusOf(error), headers()),
  );
  server.maxConnections = mostConnectionsOfAll;
  if (!tending.isBehindProxy) boundConnections(server, tending.mostConnections ?? usualMostConnections);
}

function boundConnections(server: Server, most: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const key = addressKey(socket.remoteAddress ?? '');
    const count = (open.get(key) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(key, count);
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
  });
}

/**
 * What Node's parser rejects never has a response object, so we write the answer by hand, unless one was already in
 * progress.
 */
function answerUnparsed(socket: Duplex, status: number, headers: Readonly<Record<string, string>>): void {
  const { _httpMessage: underWay } = socket as { readonly _httpMessage?: { readonly headersSent: boolean } };
  if (!socket.writable || underWay?.headersSent === true) {
    socket.destroy();
    return;
  }
  const body = bodyOf(status);
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${body}`, () => socket.destroy());
}

function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

const problems: Readonly<Record<number, readonly [code: string, title: string, detail: string]>> = {
  400: ['invalid', 'Invalid request', 'This is not an HTTP request.'],
  408: ['too-slow', 'Too slow', 'The rest of the request did not arrive in time. Send it again.'],
  413: ['too-large', 'Too large', 'The chunk extensions of the body are too large.'],
  417: ['invalid', 'Invalid request', 'Expect may only be 100-continue.'],
  431: ['too-large', 'Too large', 'The headers are larger than any request needs: at most 16 KB.'],
};

function bodyOf(status: number): string {
  const [code, title, detail] = problems[status] ?? ['invalid', 'Invalid request', 'This request cannot be answered.'];
  return JSON.stringify({ type: `urn:problem:${code}`, title, status, detail });
}
