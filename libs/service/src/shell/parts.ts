import { setTimeout as sleep } from 'node:timers/promises';
import type { Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { TokenVerifier } from '#access';
import { partitionsPerTopic, topics } from '#contracts';
import {
  Discards,
  EventLog,
  Inbox,
  Parked,
  Rebuilds,
  Relay,
  relayCheckpoint,
  Resends,
  systemClock,
  systemIds,
  Timers,
  TimerWorker,
  type Clock,
  type ConsumerStrategy,
  type Ids,
} from '#events';
import { connectDatabase, serviceUrls, UnitOfWork } from '#persistence';
import { CommandRunner } from '../commands/command-runner.ts';
import { readConfig } from '../config/read-config.ts';
import { makeKeeper, type Keeper } from '../door/keeper.ts';
import { Health } from '../health/health.ts';
import { FirstRead } from '../first-read/first-read.ts';
import { peerHasSentAll } from '../first-read/peer-has-sent.ts';
import type { DeploymentConfig } from '../deployment/deployment.ts';
import { Lag } from '../lag/lag.ts';
import { makeLog, type Log } from '../logs/log.ts';
import { safeError } from '../logs/safe-error.ts';
import { Metrics } from '../metrics/metrics.ts';
import { Peers, PeerUnavailable } from '../peers/peers.ts';
import { Problem } from '../problems/problem.ts';
import { Positions } from '../reads/positions.ts';
import { peerLogs } from '../rebuild/peer-logs.ts';
import { rosterNetworks } from '../roster/roster-networks.ts';
import { rosterProjected } from '../roster/roster.projection.ts';
import { Roster } from '../roster/roster.ts';
import { serviceOptions, type ServiceModuleOptions } from '../service-module.ts';
import { HeldAnswers } from '../http/held-answers.ts';
import { InFlight } from '../http/in-flight.ts';
import { allMigrations, prepareDatabase } from './prepare-database.ts';

/**
 * Requests and event readers do not share connections: however many people read, a revocation of their access is handled
 * immediately. More connections do not make two cores faster (traps.md 48).
 */
const requestConnections = 8;
const readerConnections = 4;

/** The parts of a service, before Nest: built once, by hand, so that the order is readable. */
export interface ServiceParts {
  /** The service's own settings, of its config class. */
  readonly config: object | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly inFlight: InFlight;
  readonly keeper: Keeper;
  readonly dataSource: DataSource;
  readonly readersSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  readonly eventLog: EventLog;
  readonly timers: Timers;
  readonly timerWorker: TimerWorker;
  readonly inbox: Inbox;
  readonly parked: Parked;
  readonly discards: Discards;
  readonly rebuilds: Rebuilds;
  readonly resends: Resends;
  readonly relay: Relay;
  readonly strategy: ConsumerStrategy;
  readonly verifier: TokenVerifier;
  readonly roster: Roster;
  readonly heldAnswers: HeldAnswers;
  readonly peers: Peers;
  readonly positions: Positions;
  readonly commands: CommandRunner;
  readonly health: Health;
  readonly lag: Lag;
  readonly firstRead: FirstRead;
}

/** Provisions and migrates the service's database, opens its pool, and builds the parts; nothing runs yet. */
export async function makeParts(module: Type, deployment: DeploymentConfig): Promise<ServiceParts> {
  const options = serviceOptions(module);
  const { name } = options;
  const config = options.config && readConfig(options.config, deployment.environment ?? process.env);
  const log = makeLog(name, deployment.logLevel, deployment.logTo);
  const { dataSource, readersSource, appUrl } = await openDatabase(module, deployment);
  try {
    await deployment.transport.prepare([...new Set<string>([...topics, `${name}.events`])], partitionsPerTopic, name);
    return assemble({ options, deployment, config, log, dataSource, readersSource, appUrl });
  } catch (error) {
    await readersSource.destroy();
    await dataSource.destroy();
    throw error;
  }
}

async function openDatabase(
  module: Type,
  { adminUrl, secrets }: DeploymentConfig,
): Promise<Pick<Opened, 'dataSource' | 'readersSource' | 'appUrl'>> {
  const { name, entities } = serviceOptions(module);
  const passwords = secrets.rolePasswords[name];
  if (passwords === undefined) throw new Error(`no passwords are given for the database roles of ${name}`);
  await prepareDatabase(module, { adminUrl, passwords });
  const { appUrl } = serviceUrls(adminUrl, name, passwords);
  const both = { service: name, url: appUrl, ...(entities === undefined ? {} : { entities }) };
  const dataSource = await connectDatabase({ ...both, poolSize: requestConnections });
  const readersSource = await connectDatabase({
    ...both,
    poolSize: readerConnections,
    applicationName: `${name} readers`,
  }).catch(async (error: unknown) => {
    await dataSource.destroy();
    throw error;
  });
  return { dataSource, readersSource, appUrl };
}

interface Opened {
  readonly options: ServiceModuleOptions;
  readonly deployment: DeploymentConfig;
  readonly config: object | undefined;
  readonly log: Log;
  readonly dataSource: DataSource;
  readonly readersSource: DataSource;
  readonly appUrl: string;
}

function assemble({ options, deployment, config, log, dataSource, readersSource, appUrl }: Opened): ServiceParts {
  const { name } = options;
  const clock = deployment.clock ?? systemClock;
  const ids = deployment.ids ?? systemIds;
  const inFlight = new InFlight();
  const metrics = new Metrics(name);
  const unitOfWork = new UnitOfWork(dataSource);
  const relay = new Relay({
    ...options.relay,
    service: name,
    url: appUrl,
    publisher: () => deployment.transport.publisher(name),
    clock,
    ids,
    onTrouble: (what, error) => log.warn({ error: safeError(error) }, `relay: ${what}`),
  });
  metrics.watch(relay);
  const timerWorker = new TimerWorker({
    url: appUrl,
    service: name,
    clock,
    passes: (error) => error instanceof PeerUnavailable || (error instanceof Problem && error.status === 503),
    onParked: ({ kind, key, subject }, reason) => {
      metrics.countParked('timers');
      log.error({ kind, key, subject, reason }, 'a timer waits for a person');
    },
    onTrouble: (what, error) => log.warn({ error: safeError(error) }, `timers: ${what}`),
  });
  const scheduled = (): void => {
    if (deployment.timers) timerWorker.poke();
  };
  const timers = new Timers(scheduled);
  const eventLog = new EventLog({ service: name, ids, appended: () => relay.poke(), scheduled });
  const inbox = new Inbox();
  const { issuerInsideUrl: inside } = deployment;
  const peers = new Peers({
    clientId: name,
    clientSecret: deployment.secrets.clientSecrets[name],
    issuerUrl: deployment.issuerUrl,
    ...(inside === undefined ? {} : { issuerInsideUrl: inside }),
    peersUrl: deployment.peersUrl,
    clock,
  });
  // Without a client of its own a service may not read another's log, so it cannot rebuild its rows.
  const readsLogs = deployment.secrets.clientSecrets[name] !== undefined;
  const projected = [...(options.projected ?? []), ...(readsLogs ? [rosterProjected(name)] : [])];
  const roster = new Roster({ dataSource, clock });
  const heldAnswers = new HeldAnswers((said) => roster.holding(said));
  roster.onChange(() => void heldAnswers.look());
  const strategy = deployment.transport.strategy({
    service: name,
    unitOfWork: new UnitOfWork(readersSource),
    clock,
    ids,
    inbox,
    rebuild: { projected, source: peerLogs(peers) },
    onParked: (notice) => {
      metrics.countParked(notice.group);
      log.error({ ...notice }, 'an event waits for a person');
    },
    onTrouble: (words) => log.warn(`readers: ${words}`),
  });
  const firstRead = new FirstRead({
    groups: projected.filter(({ neededBeforeReady }) => neededBeforeReady === true).map(({ group }) => group),
    ...{ unitOfWork, strategy, clock },
    hasSentAll: deployment.hasSentAll ?? peerHasSentAll(deployment.peersUrl),
  });
  return {
    config,
    clock,
    ids,
    log,
    metrics,
    inFlight,
    keeper: deployment.keeper ?? makeKeeper(deployment.requestsPerMinute),
    dataSource,
    readersSource,
    unitOfWork,
    eventLog,
    timers,
    timerWorker,
    inbox,
    roster,
    heldAnswers,
    parked: new Parked({
      networkOfKey: [...(options.networkOfKey ?? []), ...rosterNetworks],
      requested: () => strategy.redriveSoon(),
      scheduled,
    }),
    resends: new Resends(() => relay.poke()),
    discards: new Discards(() => strategy.redriveSoon()),
    rebuilds: new Rebuilds({
      groups: projected.map(({ group }) => group),
      requested: () => strategy.rebuildSoon(),
    }),
    relay,
    strategy,
    verifier: new TokenVerifier({
      issuerUrl: deployment.issuerUrl,
      ...(inside === undefined ? {} : { keysUrl: () => `${inside()}/oidc/jwks` }),
      clock,
    }),
    peers,
    positions: new Positions({ unitOfWork, log: eventLog, inbox, sleep: (ms) => sleep(ms) }),
    commands: new CommandRunner({ unitOfWork, log: eventLog, timers, clock, ids }),
    health: new Health({
      service: name,
      dataSource,
      ...{ unitOfWork, clock, strategy, relay },
      lagChecks: options.lagChecks ?? [],
      migrations: allMigrations(options),
      firstRead,
      hasSentAll: async () => {
        const { leading, caughtUp } = relay.status();
        if (leading) return caughtUp;
        return (await unitOfWork.run({ kind: 'system', key: '' }, relayCheckpoint)).oldestUnsentAt === null;
      },
      stopping: inFlight.stopping,
    }),
    lag: new Lag({ unitOfWork, relay, strategy, clock }),
    firstRead,
  };
}
