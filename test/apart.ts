import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#persistence';
import { services } from '../apps/platform/src/services.ts';
import { openFront } from './front.ts';
import { platformDatabase, testSecrets } from './deployment.ts';
import { build, nodeInTree, root } from './started.ts';
import { lagOf } from './stories/lag.ts';
import { Person, until, type Deployment } from './stories/people.ts';

export interface ApartDeployment extends Deployment {
  readonly adminUrl: string;
  /** The prefix of this platform's topics. */
  readonly prefix: string;
  /** Ends one service's process, by kill or by signal, and starts it again. */
  restart(name: string, signal: NodeJS.Signals): Promise<void>;
  close(): Promise<void>;
}

/**
 * Runs each service in its own process, on real Kafka, behind a proxy that routes by path prefix, as a real deployment
 * would have. Builds the services first.
 */
export async function openApart(brokers: readonly string[]): Promise<ApartDeployment> {
  await build();
  const { adminUrl, drop } = await platformDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'apart-'));
  const secretsFile = join(folder, 'secrets.json');
  writeFileSync(secretsFile, JSON.stringify(testSecrets()), { mode: 0o600 });
  const ports = new Map<string, number>();
  for (const { name } of services) ports.set(name, await freePort(somewhere()));
  const proxy = await openFront((path) => {
    const [, first = '', second = ''] = path.split('/');
    return ports.get(first === 'api' ? (second.split('?')[0] ?? '') : 'identity');
  });
  const baseUrl = `http://127.0.0.1:${proxy.port}`;
  const prefix = `apart-${randomBytes(4).toString('hex')}-`;
  const environment = {
    ...process.env,
    DATABASE_URL: adminUrl,
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_PREFIX: prefix,
    SECRETS_FILE: secretsFile,
    ISSUER_URL: baseUrl,
    PEERS_URL: baseUrl,
    HOST: '127.0.0.1',
    DEMO: '1',
    LOG_LEVEL: 'fatal',
  };
  const running = new Map<string, ChildProcess>();
  const start = async (name: string): Promise<void> => {
    const child = spawn(nodeInTree, [`dist/apps/${name}/src/main.js`], {
      cwd: root,
      env: { ...environment, PORT: String(ports.get(name)) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    running.set(name, child);
    await until(
      () => ready(`http://127.0.0.1:${ports.get(name)}/api/${name}/health/ready`, child),
      (isReady) => isReady,
      90,
    );
  };
  const close = async (): Promise<void> => {
    await Promise.all([...running.values()].map((child) => ended(child, 'SIGTERM')));
    await proxy.close();
    await drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(services.map(({ name }) => start(name)));
    await seedIsRead({ baseOf: () => baseUrl });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    adminUrl,
    prefix,
    baseOf: () => baseUrl,
    restart: async (name, signal) => {
      const child = running.get(name);
      if (child !== undefined) await ended(child, signal);
      await start(name);
    },
    close,
  };
}

/** Where to look for a free port: below 32768, because outgoing connections do not take these (traps.md 54b). */
function somewhere(): number {
  return 10_000 + Math.floor(Math.random() * 18_000);
}

/** A referral names services that the directory has published: everybody must have read the seed before the work starts. */
async function seedIsRead(deployment: Deployment): Promise<void> {
  const pat = new Person(deployment, 'pat.operator');
  for (const teller of ['directory', 'identity'])
    await until(
      () => lagOf(pat, teller),
      ({ relay }) => relay.oldestUnsentAt === null && BigInt(relay.position) > 0n,
      60,
    );
  for (const reader of ['referrals', 'consent', 'notifications'])
    await until(
      () => lagOf(pat, reader),
      ({ groups }) => groups?.every((group) => group.lag === 0) === true,
      60,
    );
}

async function ready(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`${url} ended with ${child.exitCode} before it was ready`);
  try {
    const { ok, body } = await fetch(url);
    await body?.cancel();
    return ok;
  } catch {
    return false;
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}
