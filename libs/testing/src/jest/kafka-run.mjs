import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../../persistence/src/embedded.ts';

const PREFIX = 'closed-loop-referrals-kafka-';

/**
 * The broker of a test run is started by the first suite that asks, in whichever of Jest's processes, and ended by the
 * global teardown. They agree by this folder: `broker.json` says where it is and how it is stopped.
 */
export function nameKafkaRun() {
  clearAwayOldRuns();
  const folder = join(tmpdir(), `${PREFIX}${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.env.TEST_KAFKA_RUN = folder;
  process.env.TEST_KAFKA_OWNER = String(process.pid);
}

/** A run that was killed leaves its topics; its broker ended by itself (`--while`). */
function clearAwayOldRuns() {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** Ends what was started in this run, and removes the folder with its topics. */
export async function stopKafkaRun() {
  const folder = process.env.TEST_KAFKA_RUN;
  if (folder === undefined) return;
  const file = join(folder, 'broker.json');
  if (existsSync(file)) {
    const { pid, container } = JSON.parse(readFileSync(file, 'utf8'));
    if (container !== undefined) spawnSync('docker', ['rm', '--force', '--volumes', container]);
    if (pid !== undefined) await ended(pid);
  }
  rmSync(folder, { recursive: true, force: true });
}

async function ended(pid) {
  if (isAlive(pid)) process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < 25_000 && isAlive(pid); waited += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
