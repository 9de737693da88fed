import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameKafkaRun } from './kafka-run.mjs';
import { freePort, isAlive, startEmbeddedPostgres } from '../../../persistence/src/embedded.ts';
import { withClient } from '../../../persistence/src/schema/admin-client.ts';

/** Folders of runs are named by their process, so that a later run can clear away what a killed one left. */
const PREFIX = 'closed-loop-referrals-test-';

/** One real PostgreSQL for the whole run; workers find it by TEST_DATABASE_URL, which also names one of your own. */
export default async function globalSetup() {
  nameKafkaRun();
  process.env.TEST_DATABASE_RUN = String(process.pid);
  const own = process.env.TEST_DATABASE_URL;
  if (own) {
    globalThis.closeTestCluster = () => dropTemplates(own);
    return;
  }
  clearAwayOldRuns();
  const dataDir = join(tmpdir(), `${PREFIX}${process.pid}`);
  mkdirSync(dataDir, { recursive: true });
  const server = await startEmbeddedPostgres({
    dataDir,
    // Several runs on one machine: each begins to look somewhere else.
    port: await freePort(20_000 + Math.floor(Math.random() * 10_000)),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  process.env.TEST_DATABASE_URL = server.adminUrl;
  globalThis.closeTestCluster = async () => {
    await server.stop();
    delete process.env.TEST_DATABASE_URL;
    for (const folder of [dataDir, server.dataDir]) rmSync(folder, { recursive: true, force: true });
  };
}

function dropTemplates(url) {
  return withClient(url, async (client) => {
    const { rows } = await client.query('select datname as name from pg_database where starts_with(datname, $1)', [
      `test_template_${process.pid}_`,
    ]);
    for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
  });
}

function clearAwayOldRuns() {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
