import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBroker } from './kafka/broker.mjs';
import { checkJava, ensureJars, kafkaVersion } from './kafka/jars.mjs';
import { command, root, say, step, CommandError } from './setup/words.mjs';

const cache = join(root, '.cache', 'kafka');

/**
 * `npm run kafka [-- --port 9092 --data FOLDER]`: real Apache Kafka, one node, with the machine's Java and without
 * Docker. It runs until Ctrl-C, and keeps its topics. `--while PID` ends it with that process, for the tests. `--settings
 * FILE` adds lines to its server.properties; `--scram FILE` creates logins, with a line `name=password` each.
 */
await command(async () => {
  const { values } = parseArgs({
    options: {
      ...{ port: { type: 'string' }, data: { type: 'string' }, while: { type: 'string' } },
      ...{ settings: { type: 'string' }, scram: { type: 'string' } },
    },
  });
  const port = Number(values.port ?? 9092);
  if (!Number.isInteger(port) || port < 1 || port > 65_534) throw new CommandError(`"${values.port}" is no port`);
  const more = { settings: textOf(values.settings), scram: textOf(values.scram) };
  // from here on, so that a Ctrl-C during the start is not lost
  const asked = stopAsked(Number(values.while ?? 0));
  checkJava();
  const jars = await step(`Apache Kafka ${kafkaVersion} from Maven Central`, () => ensureJars(cache));
  const dataDir = values.data ?? join(cache, 'data');
  const broker = await step('starting the broker', () => startBroker({ jars, dataDir, port, ...more }));
  say(`Kafka listens. Its topics are in ${dataDir}, its words in ${broker.logFile}`);
  say('In another terminal, the platform on Kafka:');
  console.log(`\n         KAFKA_BROKERS=${broker.brokers} npm start\n`);
  say('Ctrl-C stops it.');
  const code = await Promise.race([asked, broker.ended]);
  if (code !== undefined) throw new CommandError(`Kafka ended by itself (status ${code}); see ${broker.logFile}`);
  await step('stopping Kafka', () => broker.stop());
});
// timers of Maven or the broker must not delay our exit
process.exit(process.exitCode ?? 0);

/** Resolves when a signal comes, or when the process that we serve has ended. */
function stopAsked(pid) {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(undefined));
    if (pid > 0) setInterval(() => !isAlive(pid) && resolve(undefined), 1_000);
  });
}

function textOf(file) {
  return file === undefined ? '' : readFileSync(file, 'utf8');
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
