import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#persistence';
import { build, nodeInTree } from './started.ts';
import { until, type Deployment } from './stories/people.ts';

export interface Laptop extends Deployment {
  readonly process: ChildProcess;
  /** Its terminal output so far. */
  said(): string;
  /** The process of its PostgreSQL. */
  postmaster(): number;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** The whole platform as `npm start` runs it, with its own PostgreSQL in this folder. Builds it first. */
export async function openLaptop(dataDir: string, settings: Readonly<Record<string, string>> = {}): Promise<Laptop> {
  await build();
  const port = await freePort(20_000 + Math.floor(Math.random() * 8_000));
  const { DATABASE_URL: _none, KAFKA_BROKERS: _neither, ...inherited } = process.env;
  const child = spawn(nodeInTree, ['dist/apps/platform/src/main.js'], {
    cwd: root,
    env: { ...inherited, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += String(chunk)));
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const address = await until(
    () => Promise.resolve(/runs at (http:\S+)/.exec(said)?.[1]?.replace('localhost', '127.0.0.1')),
    (found) => found !== undefined || child.exitCode !== null,
    120,
  );
  if (address === undefined) throw new Error(`the platform did not start:\n${said}`);
  return {
    process: child,
    baseOf: () => address,
    said: () => said,
    postmaster: () => Number.parseInt(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
