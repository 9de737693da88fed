import { createServer } from 'node:net';

/** The system gives higher ports to outgoing connections, and then a start fails now and then (traps.md 54b). */
const END = 32_768;

/** The first port from `from` up on which nobody on this machine listens. Throws if there is none below 32768. */
export async function freePort(from: number): Promise<number> {
  for (let port = from; port < END; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`there is no free port between ${from} and ${END - 1}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
