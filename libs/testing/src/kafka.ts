import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/** The address of the tests' broker. */
export interface TestKafka {
  readonly brokers: readonly string[];
}

/**
 * The content of `broker.json` of the run: where the broker is and how jest/kafka-run.mjs stops it, or why there is none.
 */
export interface FoundKafka {
  readonly brokers?: readonly string[];
  readonly pid?: number;
  readonly container?: string;
  readonly none?: string;
}

const IMAGE = 'apache/kafka:4.1.1';
const START_LIMIT_MS = 240_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The single broker of this test run, started when the first suite needs it: `KAFKA_BROKERS`, then Docker, then the
 * machine's Java. Undefined if there is none; with `REQUIRE_KAFKA=1` that is an error. Use unique names for topics and
 * groups.
 */
export async function testKafka(): Promise<TestKafka | undefined> {
  const given = process.env['KAFKA_BROKERS'];
  if (given !== undefined && given !== '') return { brokers: given.split(',') };
  const { brokers, none } = await foundInRun();
  if (brokers !== undefined) return { brokers };
  const why = `no Kafka for these tests: KAFKA_BROKERS is not set; ${none ?? ''}`;
  if (process.env['REQUIRE_KAFKA'] === '1') throw new Error(why);
  process.stderr.write(`\nSKIPPED: every suite that needs Kafka. ${why}\n\n`);
  return undefined;
}

/** One of Jest's processes starts it; the others wait for the file. */
async function foundInRun(): Promise<FoundKafka> {
  const run = process.env['TEST_KAFKA_RUN'];
  if (run === undefined) throw new Error('run specs by Jest with the configuration of this repository');
  const file = join(run, 'broker.json');
  const begun = performance.now();
  while (!existsSync(file)) {
    if (takeLock(run)) {
      try {
        writeFileSync(file, JSON.stringify(await start(run)));
      } finally {
        rmdirSync(join(run, 'lock'));
      }
    }
    if (performance.now() - begun > START_LIMIT_MS) return { none: 'another process of this run never started it' };
    await pause(100);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as FoundKafka;
}

function takeLock(run: string): boolean {
  try {
    mkdirSync(join(run, 'lock'));
    return true;
  } catch {
    return false;
  }
}

async function start(run: string): Promise<FoundKafka> {
  const inDocker = await startInDocker();
  if (inDocker.none === undefined) return inDocker;
  const byJava = await startByJava(run);
  return byJava.none === undefined ? byJava : { none: `${inDocker.none}; ${byJava.none}` };
}

/**
 * A plain container of Apache's image: testcontainers' KafkaContainer is for Confluent's (traps.md 52). The host port is
 * chosen first, so that the broker knows from its start what to advertise.
 */
export async function startInDocker(): Promise<FoundKafka> {
  const docker = spawnSync('docker', ['info'], { timeout: 10_000, stdio: 'ignore' });
  if (docker.error !== undefined || docker.status !== 0) return { none: 'Docker does not answer' };
  // Its reaper would stop the broker together with the Jest process that happened to start it.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  const { GenericContainer, Wait } = await import('testcontainers');
  const port = await freePort();
  try {
    const container = await new GenericContainer(IMAGE)
      .withExposedPorts({ container: 9092, host: port })
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .withStartupTimeout(120_000)
      .start();
    return { brokers: [`127.0.0.1:${port}`], container: container.getId() };
  } catch (error) {
    return { none: `Docker could not run ${IMAGE} (${error instanceof Error ? error.message.split('\n')[0] : ''})` };
  }
}

/**
 * `npm run kafka` on a port and a folder of this run; it ends with Jest at the latest. After a restart it has its topics.
 */
export async function startByJava(folder: string, given?: number, more: readonly string[] = []): Promise<FoundKafka> {
  const port = given ?? (await freePort());
  mkdirSync(folder, { recursive: true });
  const output = join(folder, 'kafka.txt');
  const log = openSync(output, 'w');
  const args = [
    '--port',
    String(port),
    '--data',
    join(folder, 'data'),
    '--while',
    process.env['TEST_KAFKA_OWNER'] ?? '0',
    ...more,
  ];
  const child = spawn(process.execPath, ['apps/platform/bin/kafka.mjs', ...args], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  const begun = performance.now();
  for (;;) {
    const text = readFileSync(output, 'utf8');
    if (text.includes('Kafka listens.') && child.pid !== undefined) {
      return { brokers: [`127.0.0.1:${port}`], pid: child.pid };
    }
    const late = performance.now() - begun > START_LIMIT_MS;
    if (late) child.kill();
    if (late || child.exitCode !== null) return { none: `by Java: ${text.trim().split('\n').at(-1) ?? ''}` };
    await pause(100);
  }
}

/** Below 32768, and the next one must be free too, for the controller (traps.md 54b). */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    if (!(await answers(port)) && !(await answers(port + 1))) return port;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
