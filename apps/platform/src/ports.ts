import { connect } from 'node:net';
import type { Server } from 'node:http';

/** Another program listens on this port. */
export class PortTaken extends Error {
  constructor(readonly port: number) {
    super(`port ${port} is taken by another program`);
  }
}

/** How many ports after the wanted one are tried. */
const TRIES = 50;

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Whether another port is acceptable. */
  readonly mayMove: boolean;
  /** Called for each taken port before the next one is tried. */
  readonly taken: (port: number) => void;
}

/** Listens, and returns the port. Throws {@link PortTaken} if the wanted one is taken and no other is acceptable. */
export async function listenOn(server: Server, o: Listening): Promise<number> {
  for (let port = o.port; port < o.port + TRIES; port += 1) {
    if (!(await isTaken(port)) && (await listens(server, port, o.host))) return port;
    if (!o.mayMove) throw new PortTaken(port);
    o.taken(port);
  }
  throw new Error(`no port between ${o.port} and ${o.port + TRIES - 1} is free`);
}

/** The address at which this machine itself reaches a server that listens on this host. */
export function insideAddress(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Some systems let us listen on 127.0.0.1 although another program listens on every address, so check whether one
 * answers.
 */
async function isTaken(port: number): Promise<boolean> {
  const found = await Promise.all(['127.0.0.1', '::1'].map((host) => answers(host, port)));
  return found.some(Boolean);
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ host, port, timeout: 500 });
    const end = (found: boolean) => (): void => {
      probe.destroy();
      resolve(found);
    };
    probe.once('connect', end(true));
    probe.once('error', end(false));
    probe.once('timeout', end(false));
  });
}

function listens(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      server.off('listening', done);
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    const done = (): void => {
      server.off('error', failed);
      resolve(true);
    };
    server.once('error', failed);
    server.once('listening', done);
    server.listen(port, host);
  });
}
