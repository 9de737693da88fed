import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CommandError } from '../setup/words.mjs';

const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;
const HEAP = '-Xmx512m';
/** Quick to start and small: one node serves one deployment. */
const JVM = [HEAP, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** One node that is broker and controller (KRaft), so every replication factor is 1. The services create the topics. */
function properties({ port, controllerPort, dataDir }) {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs=${join(dataDir, 'log').replaceAll('\\', '/')}
auto.create.topics.enable=false
num.partitions=6
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=2
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
`;
}

/**
 * Starts Apache Kafka from its jars and resolves when it answers. `dataDir` keeps the topics from one start to the next.
 * `stop` of the result waits for its clean end; `ended` resolves with the exit code.
 */
export async function startBroker({ jars, dataDir, port, controllerPort = port + 1, settings = '', scram = '' }) {
  for (const each of [port, controllerPort]) await refuseTaken(each);
  mkdirSync(dataDir, { recursive: true });
  const config = join(dataDir, 'server.properties');
  // the last line with a name counts
  writeFileSync(config, properties({ port, controllerPort, dataDir }) + settings, { mode: 0o600 });
  const classpath = join(jars, '*');
  format({ classpath, config, dataDir, scram });
  const logFile = join(dataDir, 'kafka.log');
  const log = openSync(logFile, 'w');
  const main = ['-cp', classpath, '-Dorg.slf4j.simpleLogger.showDateTime=true', 'kafka.Kafka', config];
  const child = spawn('java', [...JVM, ...main], { stdio: ['ignore', log, log] });
  closeSync(log);
  let over = false;
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  }).then((code) => {
    over = true;
    return code;
  });
  const stop = async () => {
    if (over) return;
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(hard);
  };
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await started(logFile, port))) {
    if (over || Date.now() > deadline) {
      await stop();
      throw new CommandError(
        `Kafka did not start; the end of ${logFile}:\n${readFileSync(logFile, 'utf8').slice(-1500)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { brokers: `127.0.0.1:${port}`, pid: child.pid, logFile, stop, ended };
}

/** 16 bytes as Kafka writes an id. Its own tool takes an id that begins with a hyphen for an option. */
export function clusterId(bytes) {
  return Buffer.from([bytes[0] & 0x7f, ...bytes.subarray(1)]).toString('base64url');
}

/** A data folder is formatted once, with its own cluster id. */
function format({ classpath, config, dataDir, scram }) {
  if (existsSync(join(dataDir, 'log', 'meta.properties'))) return;
  const id = clusterId(randomBytes(16));
  const logins = scram.split('\n').filter((line) => line !== '');
  const added = logins.flatMap((line) => {
    const [name, password] = [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];
    return ['256', '512'].flatMap((size) => ['-S', `SCRAM-SHA-${size}=[name=${name},password=${password}]`]);
  });
  const tool = ['-cp', classpath, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', config, ...added];
  const { status, signal, stdout, stderr } = spawnSync('java', [...JVM, ...tool], { encoding: 'utf8' });
  if (signal !== null) throw new CommandError('Stopped before Kafka was there.');
  if (status !== 0) throw new CommandError(`Kafka's storage could not be made in ${dataDir}:\n${stderr || stdout}`);
}

async function started(logFile, port) {
  return readFileSync(logFile, 'utf8').includes('Kafka Server started') && (await answers(port));
}

async function refuseTaken(port) {
  if (await answers(port))
    throw new CommandError(`Port ${port} is taken. Say another one: npm run kafka -- --port 19092`);
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
