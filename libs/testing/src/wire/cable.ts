import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The connection to a server, which a test unplugs, plugs in again, or makes silent. */
export class Cable {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;
  private silent = false;

  constructor(private readonly to: URL) {}

  /** The address of the far end, through this cable. */
  get url(): string {
    const url = new URL(this.to);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  async plugIn(): Promise<void> {
    const server = createServer((near) => {
      const far = connect({ host: this.to.hostname, port: Number(this.to.port) });
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => this.sockets.delete(socket));
      }
      if (!this.silent) near.pipe(far).pipe(near);
    });
    // below the ports that the system gives to outgoing connections (traps.md 54b)
    for (let tries = 0; tries < 50 && !server.listening; tries += 1) await listens(server, this.port);
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  async pullOut(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.server?.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Like a host that is lost without a reset: from now on nothing passes, and neither end is notified. */
  goSilent(): void {
    this.silent = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** New connections work. Those that fell silent, or were opened meanwhile, stay silent for ever. */
  speakAgain(): void {
    this.silent = false;
  }
}

function listens(server: Server, known: number): Promise<void> {
  return new Promise((resolve) => {
    const port = known === 0 ? 10_000 + Math.floor(Math.random() * 10_000) : known;
    server.once('error', () => resolve());
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
