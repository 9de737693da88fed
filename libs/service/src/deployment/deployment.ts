import type { DestinationStream } from 'pino';
import type { Clock, Ids, Transport } from '#events';
import type { Environment } from '../config/read-config.ts';
import type { Keeper } from '../door/keeper.ts';
import type { HasSentAll } from '../first-read/first-read.ts';
import type { Secrets } from './secrets.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** What a service needs at its start: where its database, transport, issuer and other services are. */
export interface DeploymentConfig {
  /** PostgreSQL, as a role that may create roles and schemas. */
  readonly adminUrl: string;
  /** Created and closed by the platform. */
  readonly transport: Transport;
  /** A function, because the port is not known before the server listens. Without a trailing slash. */
  readonly issuerUrl: () => string;
  /** The address that people use; by default the issuer's. Without a trailing slash. */
  readonly publicUrl?: () => string;
  /**
   * The internal address of the issuer, if it is ours: this machine may be unable to reach the public one. Its keys and
   * the services' own tokens are fetched there. Without a trailing slash.
   */
  readonly issuerInsideUrl?: () => string;
  /** The address under which the other services answer at `/api/<service>/...`. Without a trailing slash. */
  readonly peersUrl: () => string;
  readonly secrets: Secrets;
  readonly demo: boolean;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logLevel: LogLevel;
  /** By default standard output. */
  readonly logTo?: DestinationStream;
  /** The limit for one person, or one address without sign-in, over all services; by default 12,000, 0 for none. */
  readonly requestsPerMinute?: number;
  /** The counts that all services of this process share; by default each service has its own. */
  readonly keeper?: Keeper;
  /** With it a program may read `/metrics`; without it only operators may. */
  readonly metricsToken?: string;
  /** How many trusted proxies are in front and name the caller's address; by default none. */
  readonly trustedProxies?: number;
  /** Whether the timer worker runs by itself. Tests turn it off and call `settle()`. */
  readonly timers: boolean;
  /** Called with a sentence that says what a start waits for; by default unused. */
  readonly tell?: (service: string, words: string) => void;
  /** Cancels a start that waits. */
  readonly stopping?: AbortSignal;
  /** Tells whether another service has sent its backlog; by default asked by HTTP. */
  readonly hasSentAll?: HasSentAll;
  /** Where a service's own settings are read from; by default the process environment. */
  readonly environment?: Environment;
}

/** Nest injection token of the {@link DeploymentConfig}. */
export const DEPLOYMENT = Symbol('deployment');
