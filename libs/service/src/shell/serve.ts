import type { Type } from '@nestjs/common';
import { seedSystemClients } from '#contracts';
import { ConfigFault, readConfigs, type Environment } from '../config/read-config.ts';
import type { DeploymentConfig } from '../deployment/deployment.ts';
import { derivedSecrets, keptSecrets, type Secrets } from '../deployment/secrets.ts';
import { kafkaSettings } from '../deployment/kafka/kafka-settings.ts';
import { ServeConfig } from '../deployment/serve-config.ts';
import { openTransport } from '../deployment/transport.ts';
import { makeLog, type Log } from '../logs/log.ts';
import { stdoutLines } from '../logs/log-lines.ts';
import { speakThrough } from '../logs/process-log.ts';
import { serviceOptions } from '../service-module.ts';
import { openWaitingDoor, type WaitingDoor } from './waiting-door.ts';
import { startService } from './start-service.ts';
import { stopAsked, stopOnSignal } from './stop-signal.ts';

/** The exit code for the shell: EX_CONFIG of sysexits.h. */
const WRONG_CONFIG = 78;

/** `main.ts` of a service in a process of its own: configuration from the environment, and an orderly stop at any moment. */
export async function serve(module: Type): Promise<void> {
  const stop = stopOnSignal(() => undefined);
  const status = await serveUntil(stop, module).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : 'did not start';
    // before there is a log, and for the person who starts it by hand; a failed service has logged more
    sayer(module)(words);
    return error instanceof ConfigFault ? WRONG_CONFIG : 1;
  });
  await stdoutLines()
    .end()
    .catch(() => undefined);
  process.exit(status);
}

async function serveUntil(stop: AbortSignal, module: Type): Promise<number> {
  let alone: ServedAlone;
  try {
    alone = await openAlone(module, process.env, { speaks: speakThrough, stopping: stop });
  } catch (error) {
    if (!stop.aborted) throw error;
    sayer(module)('was asked to stop before it had started; nothing is left running');
    return 0;
  }
  await stopAsked(stop);
  await alone.close();
  return 0;
}

function sayer(module: Type): (words: string) => void {
  const { name } = serviceOptions(module);
  return (words) => void process.stderr.write(`${name}: ${words}\n`);
}

export interface ServedAlone {
  readonly port: number;
  close(): Promise<void>;
}

export interface AloneOptions {
  /** Receives the log of the process before anything is logged. */
  readonly speaks?: (log: Log) => void;
  /** Cancels a start that waits. */
  readonly stopping?: AbortSignal;
}

/** Reads the environment, opens the transport, starts the service and listens. If it throws, everything is closed again. */
export async function openAlone(
  module: Type,
  environment: Environment,
  { speaks, stopping }: AloneOptions = {},
): Promise<ServedAlone> {
  const { name, config } = serviceOptions(module);
  const [settings] = readConfigs([ServeConfig, ...(config === undefined ? [] : [config])], environment) as [
    ServeConfig,
  ];
  const log = makeLog(name, settings.LOG_LEVEL);
  speaks?.(log);
  const say = sayer(module);
  const deployment = await deploymentOf(name, { settings, environment, log, say });
  let door: WaitingDoor | undefined;
  const tell = (_service: string, words: string): void => {
    door?.waits(words);
    say(words);
  };
  try {
    door = await openWaitingDoor(name, settings.PORT, settings.HOST, deployment.publicUrl?.());
    const service = await startService(module, {
      ...deployment,
      tell,
      ...(stopping === undefined ? {} : { stopping }),
    });
    try {
      await door.close();
      await service.app.listen(settings.PORT, settings.HOST);
    } catch (error) {
      await service.close();
      throw error;
    }
    const close = async (): Promise<void> => {
      await service.close();
      await deployment.transport.close();
    };
    return { port: settings.PORT, close };
  } catch (error) {
    await door?.close();
    await deployment.transport.close();
    throw error;
  }
}

interface ServeContext {
  readonly settings: ServeConfig;
  readonly environment: Environment;
  readonly log: Log;
  readonly say: (words: string) => void;
}

async function deploymentOf(
  name: string,
  { settings, environment, log, say }: ServeContext,
): Promise<DeploymentConfig> {
  const secrets = await secretsOf(name, settings);
  const adminUrl = settings.DATABASE_URL;
  return {
    adminUrl,
    transport: openTransport({
      adminUrl,
      secrets,
      log,
      ...kafkaSettings(settings, [name]),
      tell: say,
    }),
    issuerUrl: () => settings.ISSUER_URL,
    ...insideOf(settings),
    publicUrl: () => settings.PUBLIC_URL ?? settings.ISSUER_URL,
    peersUrl: () => settings.PEERS_URL ?? settings.ISSUER_URL,
    secrets,
    demo: settings.DEMO,
    logLevel: settings.LOG_LEVEL,
    requestsPerMinute: settings.REQUESTS_PER_MINUTE,
    trustedProxies: settings.TRUST_PROXY,
    ...(settings.METRICS_TOKEN === undefined ? {} : { metricsToken: settings.METRICS_TOKEN }),
    timers: true,
    environment,
  };
}

function insideOf({ ISSUER_INSIDE_URL: inside }: ServeConfig): Pick<DeploymentConfig, 'issuerInsideUrl'> {
  return inside === undefined ? {} : { issuerInsideUrl: () => inside };
}

function secretsOf(name: string, settings: ServeConfig): Promise<Secrets> | Secrets {
  const { PLATFORM_SECRET, SECRETS_FILE, SIGNING_KEY_NUMBER: keyNumber } = settings;
  const clients = seedSystemClients.map((each) => each.clientId);
  // the config requires one of the two
  if (SECRETS_FILE === undefined) return derivedSecrets(PLATFORM_SECRET ?? '', [name], clients, keyNumber);
  return keptSecrets(SECRETS_FILE, [name], clients, keyNumber);
}
