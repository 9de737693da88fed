import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  derivedSecrets,
  kafkaSettings,
  keptSecrets,
  makeLog,
  openLogFile,
  openTransport,
  speakThrough,
  startEmbeddedPostgres,
  stdoutLines,
  systemClientIds,
} from '#service';
import type { DeploymentConfig, LogFile, Secrets } from '#service';
import type { PlatformConfig } from './platform-config.ts';
import { say } from './say.ts';
import type { Undo } from './undo.ts';

/** A log is for looking at after a fault, not for keeping. */
const LOG_BYTES = 20 * 1024 * 1024;

/** Opens what all services need: the log, the database, the secrets, the transport. `undo` closes each of them. */
export async function openInfrastructure(
  config: PlatformConfig,
  services: readonly string[],
  undo: Undo,
  stopping: AbortSignal,
): Promise<(address: string, insideAddress: string) => DeploymentConfig> {
  const logTo = config.DATABASE_URL === undefined ? openLog(config.DATA_DIR, undo) : stdoutLines();
  const log = makeLog('platform', config.LOG_LEVEL, logTo);
  speakThrough(log);
  const secrets = await secretsOf(config, services);
  const adminUrl = config.DATABASE_URL ?? (await openDatabase(config.DATA_DIR, undo));
  const kafka = kafkaSettings(config, services);
  if (kafka.brokers.length > 0) say(`events travel over Kafka at ${kafka.brokers.join(', ')}`);
  const transport = openTransport({
    adminUrl,
    secrets,
    log,
    ...kafka,
    tell: say,
  });
  undo.add('transport', () => transport.close());
  return (address, insideAddress) => ({
    adminUrl,
    transport,
    issuerUrl: () => config.ISSUER_URL ?? address,
    // an external issuer is only at its own address
    ...(config.ISSUER_URL === undefined ? { issuerInsideUrl: () => insideAddress } : {}),
    peersUrl: () => insideAddress,
    publicUrl: () => address,
    secrets,
    demo: isDemo(config),
    logLevel: config.LOG_LEVEL,
    logTo,
    requestsPerMinute: config.REQUESTS_PER_MINUTE,
    ...(config.METRICS_TOKEN === undefined ? {} : { metricsToken: config.METRICS_TOKEN }),
    trustedProxies: config.TRUST_PROXY,
    timers: true,
    stopping,
  });
}

/** contract.md §6.1: on with the embedded PostgreSQL, otherwise only if configured */
export function isDemo(config: PlatformConfig): boolean {
  return config.DEMO ?? config.DATABASE_URL === undefined;
}

/** On a laptop the log goes to a file, because the terminal is for people. Without disk space there is no log. */
function openLog(dataDir: string, undo: Undo): Pick<LogFile, 'write'> {
  const file = logFile(dataDir);
  try {
    if (existsSync(file) && statSync(file).size > LOG_BYTES) renameSync(file, `${file}.1`);
    const log = openLogFile(file);
    undo.add('log', () => log.close());
    return log;
  } catch (error) {
    say(`there will be no log: ${error instanceof Error ? error.message : String(error)}`);
    return { write: () => undefined };
  }
}

export function logFile(dataDir: string): string {
  return join(dataDir, 'platform.log');
}

async function openDatabase(dataDir: string, undo: Undo): Promise<string> {
  say('starting PostgreSQL ...');
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: (line) => say(`  ${line}`) });
  undo.add('PostgreSQL', () => server.stop());
  say(`PostgreSQL is up on port ${new URL(server.adminUrl).port}, its data in ${server.dataDir}`);
  return server.adminUrl;
}

function secretsOf(config: PlatformConfig, services: readonly string[]): Promise<Secrets> | Secrets {
  const { DATABASE_URL, PLATFORM_SECRET, SECRETS_FILE, SIGNING_KEY_NUMBER: keyNumber, DATA_DIR } = config;
  if (SECRETS_FILE !== undefined) return keptSecrets(SECRETS_FILE, services, systemClientIds, keyNumber);
  // with an external database the configuration requires it
  if (DATABASE_URL !== undefined) return derivedSecrets(PLATFORM_SECRET ?? '', services, systemClientIds, keyNumber);
  return keptSecrets(join(DATA_DIR, 'secrets.json'), services, systemClientIds, keyNumber);
}
