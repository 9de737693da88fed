import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { binariesAt } from './binaries.ts';
import type { Binaries } from './binaries.ts';

/** PostgreSQL refuses to run as root. Then we use the first of these accounts that the machine has. */
const STAND_INS = ['postgres', 'nobody'];
const OPEN_TO_ALL = '/var/tmp/closed-loop-referrals';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account that runs the server; undefined = ours. */
export function accountForServer(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of STAND_INS) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined && uid !== 0) return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody');
}

function idOf(flag: string, name: string): number | undefined {
  try {
    return Number.parseInt(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

/**
 * Tells whether the account may enter every folder down to `path`; it may not for a checkout below /root or in a private
 * temporary folder.
 */
export function reachable(path: string, account: Account): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && !mayEnter(folder, account)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** `dataDir`, or a folder outside it if the account cannot enter it; the same one at every start. */
export function reachableDataDir(dataDir: string, account: Account): string {
  if (reachable(dataDir, account)) return dataDir;
  const mark = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  return join(openFolder(), mark);
}

/** The binaries, or a copy of them (60 MB, made once) if the account cannot reach them. */
export function reachableBinaries(binaries: Binaries, version: string, account: Account): Binaries {
  if (reachable(binaries.postgres, account)) return binaries;
  const copy = join(openFolder(), `postgres-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(binaries.root, half, { recursive: true, verbatimSymlinks: true });
    renameUnlessThere(half, copy);
  }
  return binariesAt(copy);
}

/** Another start may have made the copy first; it is just as good. */
function renameUnlessThere(half: string, copy: string): void {
  try {
    renameSync(half, copy);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

/** In a world-writable folder, do not trust a folder that another user prepared. */
function openFolder(): string {
  mkdirSync(OPEN_TO_ALL, { recursive: true, mode: 0o755 });
  const found = lstatSync(OPEN_TO_ALL);
  if (!found.isDirectory() || found.uid !== 0)
    throw new Error(`${basename(OPEN_TO_ALL)} in /var/tmp is not ours: remove it`);
  return OPEN_TO_ALL;
}

/** Creates a folder that the account owns and nobody else may read. */
export function ownFolder(path: string, account: Account | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
