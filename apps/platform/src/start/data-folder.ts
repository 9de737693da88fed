import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process that uses a data folder. `address` is null until it listens. */
export interface Running {
  readonly pid: number;
  readonly address: string | null;
}

/** Another process uses this data folder. */
export class AlreadyRunning extends Error {
  constructor(readonly running: Running) {
    const { pid, address } = running;
    super(
      address === null
        ? `Another start in this folder is under way (process ${pid}). Wait for it, or stop it with Ctrl-C there.`
        : `The platform is already running at ${address} (process ${pid}). Stop it with Ctrl-C there, or use it.`,
    );
  }
}

/** A data folder that is ours until `leave`. */
export interface DataFolder {
  readonly path: string;
  /** Publishes our address for a second start and for the scripts. */
  announce(address: string): void;
  leave(): void;
}

/** Takes the folder, and creates it if it is missing. Throws {@link AlreadyRunning}. */
export function takeDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true });
  const file = join(path, 'running.json');
  const mine = `${file}.${process.pid}`;
  const write = (address: string | null): void => writeFileSync(mine, JSON.stringify({ pid: process.pid, address }));
  write(null);
  try {
    claim(file, mine);
  } finally {
    rmSync(mine, { force: true });
  }
  return {
    path,
    // write it as a whole or not at all: a reader may come at any moment
    announce: (address) => {
      write(address);
      renameSync(mine, file);
    },
    leave: () => rmSync(file, { force: true }),
  };
}

/** Only one process can create a link, and it is never half written; the link of a dead process is removed first. */
function claim(file: string, mine: string, mayClear = true): void {
  try {
    linkSync(mine, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = readRunning(file);
    if (other !== undefined && other.pid !== process.pid && runs(other.pid)) throw new AlreadyRunning(other);
    if (!mayClear) throw error;
    rmSync(file, { force: true });
    claim(file, mine, false);
  }
}

function readRunning(file: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running;
  } catch {
    return undefined;
  }
}

/** Tells whether that process lives, and is not another one that got the same pid after a restart of the machine. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return true;
  }
}
