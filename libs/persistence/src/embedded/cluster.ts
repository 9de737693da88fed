import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { ownFolder } from './unprivileged.ts';
import type { Account } from './unprivileged.ts';

/** A data folder: the cluster, the administrator's password (0600) and the server's log. */
export interface Cluster {
  readonly data: string;
  readonly log: string;
  readonly ownerFile: string;
  readonly password: string;
}

const STOP_MS = 30_000;

/** Opens the folder, and creates a cluster in it if there is none. An interrupted creation leaves no half of one. */
export async function openCluster(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
  log: (line: string) => void,
): Promise<Cluster> {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const cluster = {
    data: join(folder, 'cluster'),
    log: join(folder, 'postgres.log'),
    ownerFile: join(folder, 'started-by.json'),
    password: passwordOf(folder),
  };
  if (!existsSync(cluster.data)) {
    log('making a new PostgreSQL cluster');
    await make(cluster, binaries, account);
  }
  return cluster;
}

function passwordOf(folder: string): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) {
    // write it as a whole or not at all: half a password would lock us out for ever
    writeFileSync(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8').trim();
}

async function make(cluster: Cluster, binaries: Binaries, account: Account | undefined): Promise<void> {
  const half = `${cluster.data}.new`;
  rmSync(half, { recursive: true, force: true });
  ownFolder(half, account);
  const passwordFile = `${half}/../password-once`;
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${half}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
        '--no-sync',
      ],
      account,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, cluster.data);
}

function run(command: string, args: readonly string[], account: Account | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', env: serverEnv(), ...account });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.once('error', (error) => reject(new Error(`initdb does not start: ${error.message}`)));
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed: ${words.trim()}`))));
  });
}

/**
 * Messages in English, because we parse some; PG* variables of the user's shell must not point the server to another
 * cluster.
 */
export function serverEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/**
 * Stops a server that an earlier process of ours left running when it crashed. Throws if that process still lives: two
 * starts in one folder.
 */
export async function clearAway(cluster: Cluster): Promise<void> {
  const server = pidIn(join(cluster.data, 'postmaster.pid'));
  if (server === undefined) return;
  if (!isAlive(server) || !isPostgres(server)) return void forgetUnlessDead(cluster, server);
  const owner = ownerOf(cluster);
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) {
    throw new Error(`the database in ${cluster.data} is in use by process ${owner}`);
  }
  await endProcess(server);
}

/**
 * The pid file of a dead server may name a pid that another program now has; PostgreSQL itself decides what to do with
 * it.
 */
function forgetUnlessDead(cluster: Cluster, server: number): void {
  if (isAlive(server)) rmSync(join(cluster.data, 'postmaster.pid'), { force: true });
}

/** Fast shutdown: connections are closed, and the last checkpoint is written. */
export async function endProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    attemptKill(pid, signal);
    const until = Date.now() + STOP_MS;
    while (isAlive(pid) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 25));
    if (!isAlive(pid)) return;
  }
}

function attemptKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it is already gone
  }
}

function pidIn(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, 'utf8'));
  return Number.isNaN(pid) ? undefined : Math.abs(pid);
}

function ownerOf(cluster: Cluster): number | undefined {
  return pidIn(cluster.ownerFile);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isPostgres(pid: number): boolean {
  if (process.platform === 'win32') return true;
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres');
  } catch {
    return false;
  }
}
