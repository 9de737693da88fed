import type { Socket } from 'node:net';
import pg from 'pg';

/** A client-side time-out a little above the server's `statement_timeout` of 10 s, which answers first where it can. */
const SILENT_MS = 12_000;
/** A busy process hears late what came in time: what is in the socket by then is read before anybody is judged. */
const GRACE_MS = 500;
const GOODBYE_MS = 2_000;

/** Asks now and then whether the other end still lives, while nothing else is said. */
export const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;

/** What a connection may be told beside what pg knows. */
export interface WatchedClientConfig extends pg.ClientConfig {
  /** How long a server may say nothing while a statement is under way; 12 s unless told, 0 for ever. */
  readonly silentMs?: number;
}

interface Inside {
  readonly connection: { readonly stream: Socket };
  readonly readyForQuery: boolean | null;
}

/**
 * A connection that notices a server gone silent: a host that was lost without a reset, a cable, a firewall that forgot.
 * Such a connection is cut, so that its statement fails with ETIMEDOUT and its place in a pool is free at once; pg's own
 * query time-out keeps the connection and waits on it again. While nothing is asked nobody is watched: TCP keep-alive is
 * for that.
 */
export class WatchedClient extends pg.Client {
  private silentMs: number;

  constructor(config: WatchedClientConfig = {}) {
    // No copy: a pool hides the password from those who look through its settings.
    super(config);
    this.silentMs = config.silentMs ?? SILENT_MS;
    // The statement in hand or the next one fails and tells. Between a pool and its borrower nobody listens, and an error
    // that comes in just then (the server's last word, in one piece with its first) would end the process.
    this.on('error', () => undefined);
    this.once('connect', () => this.watch());
  }

  /** For a statement that may take longer, on a connection of its own. */
  allowSilence(ms: number): void {
    this.silentMs = ms;
    this.stream.setTimeout(ms);
  }

  /** Whether no statement is under way. */
  get free(): boolean {
    return this.inside.readyForQuery === true;
  }

  /** Says goodbye, and does not wait long for an answer to it. */
  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | void {
    const late = setTimeout(() => this.stream.destroy(), GOODBYE_MS);
    this.once('end', () => clearTimeout(late));
    late.unref();
    return callback === undefined ? super.end() : super.end(callback);
  }

  private watch(): void {
    // Each byte in or out begins the time anew, at no cost to a statement.
    this.stream.setTimeout(this.silentMs, () => this.mayBeSilent());
  }

  private mayBeSilent(): void {
    if (this.free) return;
    const heard = this.stream.bytesRead;
    const judge = setTimeout(() => {
      if (this.stream.bytesRead === heard && !this.free) this.stream.destroy(new Silent());
    }, GRACE_MS);
    judge.unref();
  }

  /** Of TLS the outer one, once it stands. */
  private get stream(): Socket {
    return this.inside.connection.stream;
  }

  private get inside(): Inside {
    return this as unknown as Inside;
  }
}

class Silent extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('the server has gone silent');
  }
}
