import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The broker of a test run is started by the first suite that asks, in whichever of Jest's processes, and ended by the
 * global teardown. They agree by this folder: `broker.json` says where it is and how it is stopped.
 */
export function nameKafkaRun() {
  const folder = join(tmpdir(), `closed-loop-referrals-kafka-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.env.TEST_KAFKA_RUN = folder;
  process.env.TEST_KAFKA_OWNER = String(process.pid);
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
  for (let waited = 0; waited < 25_000; waited += 100) {
    try {
      process.kill(pid, waited === 0 ? 'SIGTERM' : 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
