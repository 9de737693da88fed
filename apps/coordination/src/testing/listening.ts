import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningCoordination } from './running.ts';

/** One block of a server-sent stream. */
export interface ReceivedEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data?: unknown;
  readonly comment?: string;
}

export interface Listener {
  readonly headers: IncomingMessage['headers'];
  readonly status: number;
  /** The next `count` blocks, without those that only carry the position of the stream. */
  next(count?: number): Promise<readonly ReceivedEvent[]>;
  /** The id of the last block. */
  lastId(): string;
  /** Whether only comments arrived since the last `next`. */
  quiet(): boolean;
  /** Resolves when the platform ends the stream. */
  ended: Promise<void>;
  leave(): void;
}

/** A port of its own for a running service, as streams are not to be had by injection. */
export async function openDoor(coordination: RunningCoordination): Promise<{
  readonly listen: (login: string, lastEventId?: string) => Promise<Listener>;
  readonly close: () => Promise<void>;
}> {
  const server = createServer((request, response) => coordination.service.handle(request, response));
  const port = await listenBelow(server);
  return {
    listen: async (login, lastEventId) =>
      listenAt(`http://127.0.0.1:${port}`, await coordination.token(login), lastEventId),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

/** Listens to the changes that the owner of the token may see, at an address without a slash at its end. */
export function listenAt(baseUrl: string, token: string, lastEventId?: string): Promise<Listener> {
  const place = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const headers = { authorization: `Bearer ${token}`, ...place };
  return new Promise((resolve, reject) => {
    const request = get(`${baseUrl}/api/coordination/live`, { headers, agent: false });
    request.once('error', reject);
    request.once('response', (response) => resolve(listenerTo(response, () => void request.destroy())));
  });
}

function listenerTo(response: IncomingMessage, leave: () => void): Listener {
  const blocks: ReceivedEvent[] = [];
  let text = '';
  let last = '';
  let arrived = (): void => undefined;
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    const received = parts.map(blockOf);
    last = received.findLast(({ id }) => id !== undefined)?.id ?? last;
    blocks.push(...received.filter(({ event, comment }) => event !== undefined || comment !== undefined));
    arrived();
  });
  response.on('error', () => undefined);
  return {
    headers: response.headers,
    status: response.statusCode ?? 0,
    next: async (count = 1) => {
      while (blocks.length < count) await new Promise<void>((resolve) => (arrived = resolve));
      return blocks.splice(0, count);
    },
    lastId: () => last,
    quiet: () => blocks.every(({ event }) => event === undefined),
    ended: new Promise((resolve) => void response.once('close', resolve)),
    leave,
  };
}

function blockOf(text: string): ReceivedEvent {
  const received: Record<string, unknown> = {};
  for (const line of text.split('\n')) {
    const [name = '', ...rest] = line.split(': ');
    const value = rest.join(': ');
    if (name === '') received.comment = value;
    else received[name] = name === 'data' ? (JSON.parse(value) as unknown) : value;
  }
  return received;
}

/** Below 32768, where outgoing connections do not take ports (traps.md 54b). */
async function listenBelow(server: ReturnType<typeof createServer>): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listening) return (server.address() as AddressInfo).port;
  }
  throw new Error('no free port');
}
