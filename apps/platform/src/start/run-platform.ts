import { resolve } from 'node:path';
import { ConfigFault, readConfig, stopAsked, stopOnSignal } from '#service';
import { AlreadyRunning, takeDataFolder } from './data-folder.ts';
import { isDemo, logFile, openInfrastructure } from './open-infrastructure.ts';
import { PlatformConfig } from './platform-config.ts';
import { startPlatform } from '../platform.ts';
import { PortTaken } from '../ports.ts';
import { say, seconds, seldom } from './say.ts';
import { services } from '../services.ts';
import { Undo } from './undo.ts';
import { welcome } from './welcome.ts';

/** The exit codes for the shell: 78 is EX_CONFIG of sysexits.h. */
const WRONG_CONFIG = 78;

/** `npm start` after its preparations, and the container's command: runs until a signal, then leaves nothing running. */
export async function runPlatform(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const undo = new Undo();
  const stop = stopOnSignal(() => say('stopping ...'));
  let status = 0;
  try {
    await start(environment, undo, stop);
    await stopAsked(stop);
  } catch (error) {
    if (!stop.aborted) {
      process.stderr.write(`\n${wordsOf(error)}\n`);
      status = error instanceof ConfigFault ? WRONG_CONFIG : 1;
    }
  }
  for (const fault of await undo.close()) process.stderr.write(`could not be closed in order: ${fault}\n`);
  if (stop.aborted) say('stopped; nothing is left running');
  process.exit(status);
}

async function start(
  environment: Readonly<Record<string, string | undefined>>,
  undo: Undo,
  stop: AbortSignal,
): Promise<void> {
  const read = readConfig(PlatformConfig, environment);
  const config: PlatformConfig = { ...read, DATA_DIR: resolve(read.DATA_DIR) };
  const folder = takeDataFolder(config.DATA_DIR);
  undo.add('data folder', () => folder.leave());
  const deployment = await openInfrastructure(
    config,
    services.map(({ name }) => name),
    undo,
    stop,
  );
  stop.throwIfAborted();
  say('starting the services: tables, first data, readers ...');
  const platform = await startPlatform({
    services,
    deployment,
    listening: {
      host: config.HOST,
      port: config.PORT,
      // with a fixed port and an external database, others may already use that address
      mayMove: config.DATABASE_URL === undefined || environment.PORT === undefined,
      taken: (port) => say(`port ${port} is taken by another program; trying ${port + 1}`),
    },
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
    trustedProxies: config.TRUST_PROXY,
    demo: isDemo(config),
    webFolder: resolve(config.WEB_DIR),
    waits: seldom(say),
    started: (name, ms) => say(`  ${name} is up (${seconds(ms)})`),
  });
  undo.add('services', () => platform.close());
  stop.throwIfAborted();
  folder.announce(platform.address);
  await welcome({
    address: platform.address,
    demo: isDemo(config),
    ...(config.DATABASE_URL === undefined ? { dataDir: config.DATA_DIR, logFile: logFile(config.DATA_DIR) } : {}),
  });
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigFault || error instanceof AlreadyRunning) return error.message;
  if (error instanceof PortTaken) return `${error.message}. Set PORT to another one, or stop that program.`;
  return `The platform did not start: ${error.message}`;
}
