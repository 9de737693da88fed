import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { securityHeaders } from '../door/security-headers.ts';
import { serverOptions, tendServer } from '../door/tended-server.ts';
import type { Readiness } from '../health/readiness.ts';

/** The server on a service's port before the service is ready. */
export interface WaitingDoor {
  /** What the start waits for, without an address. */
  waits(words: string): void;
  close(): Promise<void>;
}

/** Answers "alive, not ready" with the reason, so that a supervisor lets the process wait. Throws if the port is taken. */
export async function openWaitingDoor(
  service: string,
  port: number,
  host: string,
  publicUrl = '',
): Promise<WaitingDoor> {
  let detail = 'starting';
  const server = createServer(serverOptions, (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders(publicUrl))) response.setHeader(name, value);
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    request.resume();
    if (path.endsWith('/health/live')) return answer(response, 200, 'application/json', { status: 'live', service });
    if (path.endsWith('/health/ready')) return answer(response, 503, 'application/json', notReady(service, detail));
    answer(response, 503, 'application/problem+json', {
      type: 'urn:problem:unavailable',
      title: 'Unavailable',
      status: 503,
      detail: 'This service is starting. Try again in a moment.',
    });
  });
  tendServer(server, { publicUrl: () => publicUrl, isBehindProxy: false });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    waits: (words) => void (detail = words),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function notReady(service: string, detail: string): Readiness {
  return { status: 'not-ready', service, checks: { process: { ready: false, detail } } };
}

function answer(response: ServerResponse<IncomingMessage>, status: number, type: string, body: object): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    // soon the service itself listens here
    connection: 'close',
    ...(status === 503 ? { 'retry-after': '5' } : {}),
  });
  response.end(JSON.stringify(body));
}
