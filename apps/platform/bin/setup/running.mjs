import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './words.mjs';

/** The platform's data folder; DATA_DIR names another one. */
export const dataDir = resolve(root, process.env.DATA_DIR ?? '.data');

/**
 * The platform that runs on this folder: `{pid, address}`, with address null until it listens; undefined if there is
 * none.
 */
export function running() {
  const file = join(dataDir, 'running.json');
  if (!existsSync(file)) return undefined;
  try {
    const found = JSON.parse(readFileSync(file, 'utf8'));
    return found.pid !== process.pid && runs(found.pid) ? found : undefined;
  } catch {
    // half a file, from a process that is writing it or died while writing
    return undefined;
  }
}

/**
 * As in apps/platform/src/start/data-folder.ts: the process lives, and is not another one with the same pid after a
 * restart.
 */
function runs(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return true;
  }
}

/** The message for somebody who starts it again. */
export function alreadyRunning({ pid, address }) {
  return address === null
    ? `Another start in this folder is under way (process ${pid}). Wait for it, or stop it with Ctrl-C there.`
    : `The platform is already running at ${address} (process ${pid}). Stop it with Ctrl-C there, or use it.`;
}
