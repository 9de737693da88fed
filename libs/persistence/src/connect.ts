import { DataSource } from 'typeorm';
import { asFault } from './faults.ts';
import { connectionTypes } from './type-parsers.ts';
import { keepAlive, WatchedClient } from './watched-client.ts';

/** More connections do not make two cores faster (traps.md 48). */
const POOL_SIZE = 10;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
/** One open writing transaction stalls every relay of the server (traps.md 34), so idle transactions are ended after a timeout. */
const IDLE_IN_TRANSACTION_MS = 15_000;

export interface ConnectOptions {
  /** The service, whose schema unqualified names are looked up in. */
  readonly service: string;
  /** The URL for the role `<service>_app`, see {@link serviceUrls}. */
  readonly url: string;
  readonly poolSize?: number;
  /** Our name in pg_stat_activity; by default the service. */
  readonly applicationName?: string;
  /** Entity classes, for plain records (not hot paths: traps.md 43). */
  readonly entities?: readonly (new () => object)[];
}

/** The server, too, checks whether we are alive: locks of a lost process are released after 25 s. */
export const serverKeepAlive = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/** The settings of each new connection. The type parsers depend on UTC and ISO. */
export function sessionOptions(service: string): string {
  if (!/^[a-z][a-z_]*$/.test(service))
    throw new Error(`"${service}" is not a service name: use lower-case letters and _`);
  return `-c search_path=${service} -c timezone=UTC -c datestyle=ISO ${serverKeepAlive}`;
}

/** Opens the pool. Throws {@link Unavailable} if the database does not answer. Close it with `dataSource.destroy()`. */
export async function connectDatabase(o: ConnectOptions): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: o.url,
    entities: [...(o.entities ?? [])],
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize: o.poolSize ?? POOL_SIZE,
    applicationName: o.applicationName ?? o.service,
    connectTimeoutMS: CONNECT_MS,
    // an idle connection that breaks leaves the pool by itself; a query that uses it gets the error
    poolErrorHandler: () => undefined,
    extra: {
      types: connectionTypes(),
      options: sessionOptions(o.service),
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      ...keepAlive,
      Client: WatchedClient,
    },
  });
  try {
    return await dataSource.initialize();
  } catch (error) {
    throw asFault(error);
  }
}
