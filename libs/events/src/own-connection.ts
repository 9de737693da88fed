import { serverKeepAlive, withClient } from '#persistence';

type Work = Parameters<typeof withClient<void>>[1];
/** A connection outside every pool: locks and LISTEN need one (traps.md 36). */
export type OwnClient = Parameters<Work>[0];

const CONNECT_MS = 5_000;
/** Our statement timeout exceeds the server's by this much, because the server's error says why. */
const MORE_MS = 2_000;

export interface OwnConnectionOptions {
  readonly statementMs: number;
  /** The server ends the session and frees its locks when we are silent for this long; by default never. */
  readonly goneMs?: number;
}

/** Keeps one connection of its own, opened on first use and reopened after it breaks. Call {@link close} at the end. */
export class OwnConnection {
  private current: Promise<OwnClient> | undefined;
  private letGo: (() => void) | undefined;

  constructor(
    private readonly url: string,
    private readonly o: OwnConnectionOptions,
    /** Runs on each new connection before anybody uses it. */
    private readonly prepare: (client: OwnClient) => Promise<void> = () => Promise.resolve(),
    private readonly onLost: () => void = () => undefined,
  ) {}

  /** Throws Unavailable if the database does not answer. */
  client(): Promise<OwnClient> {
    this.current ??= this.open();
    return this.current;
  }

  /** After an error the connection's state is unknown: the next caller gets a new one. */
  drop(): void {
    this.letGo?.();
  }

  async close(): Promise<void> {
    const current = this.current;
    this.drop();
    await current?.catch(() => undefined);
  }

  private open(): Promise<OwnClient> {
    return new Promise((resolve, reject) => {
      const hold = async (client: OwnClient): Promise<void> => {
        await this.prepare(client);
        const ended = new Promise<void>((end) => {
          this.letGo = end;
          client.once('end', end);
          client.once('error', end);
        });
        resolve(client);
        await ended;
        this.forget();
      };
      const { statementMs, goneMs = 0 } = this.o;
      withClient(this.url, hold, {
        silentMs: statementMs + MORE_MS,
        connectMs: CONNECT_MS,
        session: `-c statement_timeout=${statementMs} -c idle_session_timeout=${goneMs} ${serverKeepAlive}`,
      }).catch((error: unknown) => {
        this.forget();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  private forget(): void {
    this.current = undefined;
    this.letGo = undefined;
    this.onLost();
  }
}
