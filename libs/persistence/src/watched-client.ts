import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * A client-side time-out slightly above the server's `statement_timeout` of 10 s, so that the server answers first if it
 * can.
 */
const SILENT_MS = 12_000;
/** A busy process reads late what arrived in time: it reads the socket before it judges the server. */
const GRACE_MS = 500;
const GOODBYE_MS = 2_000;

/** Checks from time to time whether the other end is alive, while there is no other traffic. */
export const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;

/** Connection options in addition to those of pg. */
export interface WatchedClientConfig extends pg.ClientConfig {
  /** How long a server may be silent while a statement runs; by default 12 s, 0 means no limit. */
  readonly silentMs?: number;
}

interface Inside {
  readonly connection: { readonly stream: Socket };
  readonly readyForQuery: boolean | null;
}

/**
 * A connection that notices a silent server: a host lost without a reset, a pulled cable, a firewall that dropped the
 * connection. It is then cut, so that its statement fails with ETIMEDOUT and its place in the pool is free immediately.
 * pg's own query time-out would keep the connection and wait on it again. While no statement runs there is no watching;
 * TCP keep-alive does that.
 */
export class WatchedClient extends pg.Client {
  private silentMs: number;

  constructor(config: WatchedClientConfig = {}) {
    // not a copy: a pool hides the password from code that reads its settings
    super(config);
    this.silentMs = config.silentMs ?? SILENT_MS;
    // The current or next statement fails with the reason. Between a pool and its borrower nobody listens, and an error
    // that arrives just then (the server's last message together with its first) would end the process.
    this.on('error', () => undefined);
    this.once('connect', () => this.watch());
  }

  /** For a statement that may take longer, on a connection of its own. */
  allowSilence(ms: number): void {
    this.silentMs = ms;
    this.stream.setTimeout(ms);
  }

  /** True if no statement is running. */
  get free(): boolean {
    return this.inside.readyForQuery === true;
  }

  /** Sends the terminate message, and waits only briefly for an answer. */
  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | void {
    const late = setTimeout(() => this.stream.destroy(), GOODBYE_MS);
    this.once('end', () => clearTimeout(late));
    late.unref();
    return callback === undefined ? super.end() : super.end(callback);
  }

  private watch(): void {
    // each byte in or out restarts the time, at no cost to a statement
    this.stream.setTimeout(this.silentMs, () => this.mayBeSilent());
  }

  private mayBeSilent(): void {
    if (this.free) return;
    const received = this.stream.bytesRead;
    const judge = setTimeout(() => {
      if (this.stream.bytesRead === received && !this.free) this.stream.destroy(new Silent());
    }, GRACE_MS);
    judge.unref();
  }

  /** with TLS, the outer socket once it is connected */
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
