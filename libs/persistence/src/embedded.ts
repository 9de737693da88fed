import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries } from './embedded/binaries.ts';
import { clearAway, endProcess, openCluster, serverEnv } from './embedded/cluster.ts';
import type { Cluster } from './embedded/cluster.ts';
import { KeptServer } from './embedded/kept-server.ts';
import type { Server } from './embedded/kept-server.ts';
import { freePort } from './embedded/free-port.ts';
import { accountForServer, reachableBinaries, reachableDataDir } from './embedded/unprivileged.ts';
import type { Account } from './embedded/unprivileged.ts';

export { freePort } from './embedded/free-port.ts';
export { isAlive } from './embedded/cluster.ts';

/** The options of {@link startEmbeddedPostgres}. */
export interface EmbeddedOptions {
  /** Used only by us; created if missing, and kept. */
  readonly dataDir: string;
  /** By default the first free port from 15432 up. */
  readonly port?: number;
  /** Called with one short sentence for each long step. */
  readonly log?: (line: string) => void;
  /** Server settings in addition to ours, such as `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running server. */
export interface EmbeddedPostgres {
  /** Superuser `postgres`, database `postgres`, on 127.0.0.1. */
  readonly adminUrl: string;
  /**
   * Where the data really is: `dataDir`, or a folder outside it if PostgreSQL may not enter it (root in a private
   * folder).
   */
  readonly dataDir: string;
  /** Fast shutdown; the data stays. */
  stop(): Promise<void>;
}

const VERSION = '18.4';
const FIRST_PORT = 15_432;
const READY_MS = 60_000;
/** After a crash it first replays its write-ahead log. */
const RECOVERED_MS = 600_000;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
};

/**
 * Starts the PostgreSQL that npm installed, in a process group of its own, so that Ctrl-C reaches it only through `stop`,
 * after the services. If this process dies without stopping it, a watcher stops it; if the server dies, it is started
 * again at the same address. Throws a sentence if the first start fails.
 */
export async function startEmbeddedPostgres(o: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = o.log ?? (() => undefined);
  const account = accountForServer();
  const found = findBinaries();
  const binaries = account === undefined ? found : reachableBinaries(found, VERSION, account);
  const dataDir = account === undefined ? o.dataDir : reachableDataDir(o.dataDir, account);
  if (dataDir !== o.dataDir) tellMoved(o.dataDir, dataDir, log);
  const cluster = await openCluster(dataDir, binaries, account, log);
  await clearAway(cluster);
  const settings = { ...SETTINGS, ...o.settings };
  for (let port = o.port ?? (await freePort(FIRST_PORT)); ; port = await freePort(port + 1)) {
    const launch = { postgres: binaries.postgres, cluster, settings, account };
    const started = await startOn(port, launch, { words: 'new', readyMs: READY_MS, mayGoOn: () => true });
    if (started !== 'taken') {
      const kept = new KeptServer(started, { log, again: (mayGoOn) => startAgain(port, launch, mayGoOn) });
      return { adminUrl: addressOf(port, cluster), dataDir, stop: () => kept.stop() };
    }
    if (o.port !== undefined) throw new Error(`port ${o.port} is taken: PostgreSQL cannot listen there`);
  }
}

interface Launch {
  readonly postgres: string;
  readonly cluster: Cluster;
  readonly settings: Readonly<Record<string, string>>;
  readonly account: Account | undefined;
}

interface Patience {
  /** After a crash the dead server's log is kept. */
  readonly words: 'new' | 'added';
  readonly readyMs: number;
  readonly mayGoOn: () => boolean;
}

function addressOf(port: number, { password }: Cluster): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** While the dead server's children still hold its shared memory, the new one refuses to start; we try again. */
async function startAgain(port: number, launch: Launch, mayGoOn: () => boolean): Promise<Server> {
  await clearAway(launch.cluster);
  const started = await startOn(port, launch, { words: 'added', readyMs: RECOVERED_MS, mayGoOn });
  if (started === 'taken') throw new Error(`port ${port} is taken by another program`);
  return started;
}

/** `taken`: another process took the port first. */
async function startOn(port: number, launch: Launch, patience: Patience): Promise<Server | 'taken'> {
  const { cluster } = launch;
  const server = spawnServer(port, launch, patience.words);
  const ended = new Promise<void>((resolve) => void server.once('exit', () => resolve()));
  const watcher = watch(server, launch.account);
  const stop = async (): Promise<void> => {
    if (server.pid !== undefined && server.exitCode === null && server.signalCode === null)
      await endProcess(server.pid);
    watcher?.kill('SIGKILL');
    rmSync(cluster.ownerFile, { force: true });
  };
  try {
    await untilReady(addressOf(port, cluster), server, cluster, patience);
    void ended.then(() => watcher?.kill('SIGKILL'));
    return { ended, stop };
  } catch (error) {
    await stop();
    if (error instanceof Error && /address already in use|create listen socket/i.test(error.message)) return 'taken';
    throw error;
  }
}

/** Leaves a note in the original place, so that a reset finds the data. */
function tellMoved(from: string, to: string, log: (line: string) => void): void {
  log(`${from} is private to root, whom PostgreSQL does not run as: its data is in ${to}`);
  mkdirSync(from, { recursive: true });
  writeFileSync(join(from, 'moved-to'), to);
}

function spawnServer(
  port: number,
  { postgres, cluster, settings, account }: Launch,
  said: Patience['words'],
): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const words = openSync(cluster.log, said === 'new' ? 'w' : 'a', 0o600);
  writeFileSync(cluster.ownerFile, String(process.pid));
  chmodSync(cluster.ownerFile, 0o644);
  const server = spawn(postgres, ['-D', cluster.data, '-p', String(port), ...flags], {
    detached: process.platform !== 'win32',
    stdio: ['ignore', words, words],
    cwd: '/',
    env: serverEnv(),
    ...account,
  });
  closeSync(words);
  // A missing file or permission shows as an early exit, which untilReady reports.
  server.once('error', (error) => server.emit('exit', error.message, null));
  server.unref();
  return server;
}

/** Reads from a pipe that only we hold: when we end, even by a crash, it stops the server. */
function watch(server: ChildProcess, account: Account | undefined): ChildProcess | undefined {
  if (process.platform === 'win32' || server.pid === undefined) return undefined;
  const watcher = spawn('/bin/sh', ['-c', `cat >/dev/null; kill -INT ${server.pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    ...account,
  });
  watcher.once('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return watcher;
}

async function untilReady(
  adminUrl: string,
  server: ChildProcess,
  cluster: Cluster,
  { readyMs, mayGoOn }: Patience,
): Promise<void> {
  let ended = server.pid === undefined;
  server.once('exit', () => (ended = true));
  const until = Date.now() + readyMs;
  while (!(await answers(adminUrl))) {
    if (ended) throw new Error(`PostgreSQL did not start: ${lastWords(cluster)}`);
    if (!mayGoOn()) throw new Error('PostgreSQL is not wanted any more');
    if (Date.now() > until)
      throw new Error(`PostgreSQL did not answer within ${readyMs / 1000} s: ${lastWords(cluster)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function answers(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function lastWords(cluster: Cluster): string {
  const lines = readFileSync(cluster.log, 'utf8').trim().split('\n');
  return lines.slice(-4).join(' / ') || `nothing was written to ${cluster.log}`;
}
