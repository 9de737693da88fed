import type { DestinationStream } from 'pino';
import type { Clock, Ids, Transport } from '#events';
import type { Environment } from '../config/read-config.ts';
import type { Keeper } from '../door/keeper.ts';
import type { HasSentAll } from '../first-read/first-read.ts';
import type { Secrets } from './secrets.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** What a service is started with: where its database, transport, issuer and neighbours are. */
export interface DeploymentConfig {
  /** PostgreSQL as a role that may make roles and schemas. */
  readonly adminUrl: string;
  /** Made by the house, closed by the house. */
  readonly transport: Transport;
  /** Asked late: the port is not known before it listens. No slash at the end. */
  readonly issuerUrl: () => string;
  /** How people reach the house; the issuer's address unless told. No slash at the end. */
  readonly publicUrl?: () => string;
  /**
   * Where the issuer answers from within, where it is one of ours: its public address may be one that this machine cannot
   * reach. Its keys and the services' own tokens are fetched there. No slash at the end.
   */
  readonly issuerInsideUrl?: () => string;
  /** Where `/api/<service>/...` of the others answers. No slash at the end. */
  readonly peersUrl: () => string;
  readonly secrets: Secrets;
  readonly demo: boolean;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logLevel: LogLevel;
  /** Standard output unless told. */
  readonly logTo?: DestinationStream;
  /** The limit for one person, or one address where nobody signed in, over all services; 12,000 unless told, 0 for none. */
  readonly requestsPerMinute?: number;
  /** What all services of this process count together; each its own unless told. */
  readonly keeper?: Keeper;
  /** With it a program reads `/metrics`; without one, operators alone do. */
  readonly metricsToken?: string;
  /** How many proxies stand in front, whose word for the caller's address is taken; none unless told. */
  readonly trustedProxies?: number;
  /** Whether the timer worker runs by itself. Tests leave it off and call `settle()`. */
  readonly timers: boolean;
  /** Told in words what a start waits for; nobody unless told. */
  readonly tell?: (service: string, words: string) => void;
  /** Gives up a start that waits. */
  readonly stopping?: AbortSignal;
  /** Whether another service has sent all that it knew; asked of it by HTTP unless told. */
  readonly hasSentAll?: HasSentAll;
  /** Where a service's own settings are read from; the process's unless told. */
  readonly environment?: Environment;
}

/** Nest injection token of the {@link DeploymentConfig}. */
export const DEPLOYMENT = Symbol('deployment');
