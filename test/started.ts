import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withAdvisoryLock } from '#persistence';
import { testCluster } from '#testing';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const nodeInTree = `${root}node_modules/node/bin/node`;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One of our programs in its own process. */
export interface Started {
  readonly process: ChildProcess;
  /** Its output so far. */
  said(): string;
  readonly exited: Promise<Exit>;
  /** Sends the signal and waits for the end; if it has already ended, returns that end. */
  stop(signal?: NodeJS.Signals): Promise<Exit>;
}

/**
 * Runs `dist/apps/<app>/src/main.js`, which must be built, with this environment and none of our variables that name a
 * server.
 */
export function startProgram(app: string, environment: Readonly<Record<string, string>>): Started {
  const { DATABASE_URL: _none, KAFKA_BROKERS: _neither, ...inherited } = process.env;
  const child = spawn(nodeInTree, [`dist/apps/${app}/src/main.js`], {
    cwd: root,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  // the pipes may still contain output after the exit
  const exited = new Promise<Exit>((resolve) => void child.once('close', (code, signal) => resolve({ code, signal })));
  return {
    process: child,
    said: () => said,
    exited,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exited;
    },
  };
}

/**
 * Builds the services and the web from the current sources, each unless it is fresh. One spec at a time: another one may
 * be starting a program from there.
 */
export function build(): Promise<void> {
  return buildBy(`const { built } = await import('./apps/platform/bin/setup/build.mjs'); await built();`);
}

/** Builds only the web, unless it is fresh. */
export function buildWeb(): Promise<void> {
  return buildBy(`const { builtWeb } = await import('./apps/platform/bin/setup/build-web.mjs'); await builtWeb();`);
}

function buildBy(call: string): Promise<void> {
  return withAdvisoryLock(testCluster().adminUrl, 'build for tests', async () => {
    const child = spawn(nodeInTree, ['--input-type=module', '--eval', call], { cwd: root });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
    const code = await new Promise((resolve) => void child.once('close', resolve));
    if (code !== 0) throw new Error(`it does not build:\n${said}`);
  });
}
