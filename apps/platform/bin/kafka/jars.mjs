import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/child.mjs';
import { CommandError } from '../setup/words.mjs';

export const kafkaVersion = '4.3.1';
const OLDEST_JAVA = 17;

/** The Maven dependencies: Kafka's server for Scala 2.13, and a logger for it. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${kafkaVersion}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

/** Throws a sentence if there is no Java that can run Kafka. */
export function checkJava() {
  const { error, stderr = '', stdout = '' } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(`${stderr}${stdout}`)?.[1] ?? 0);
  if (error !== undefined || version < OLDEST_JAVA) {
    throw new CommandError(
      `Kafka needs Java ${OLDEST_JAVA} or newer on the PATH; found ${version === 0 ? 'none' : version}.`,
    );
  }
}

/**
 * The folder with Kafka's jars (44 MB from Maven Central, downloaded once). It is prepared under another name and then
 * renamed, so that a download that was interrupted, or that another process finished first, leaves no incomplete folder.
 */
export async function ensureJars(cache) {
  const folder = join(cache, `jars-${kafkaVersion}`);
  if (existsSync(folder)) return folder;
  if (spawnSync('mvn', ['-v']).error !== undefined) {
    throw new CommandError(
      'Kafka is fetched by Maven: put mvn on the PATH, or run Kafka elsewhere and set KAFKA_BROKERS.',
    );
  }
  const aside = join(cache, `fetching-${process.pid}`);
  mkdirSync(aside, { recursive: true });
  try {
    writeFileSync(join(aside, 'pom.xml'), pom);
    const jars = join(aside, 'jars');
    const args = [
      '-q',
      '-B',
      '-f',
      join(aside, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${jars}`,
    ];
    const { code, output } = await run('mvn', args, { quiet: true });
    if (code !== 0) throw new CommandError(`Maven could not fetch Kafka ${kafkaVersion}:\n${output.trim()}`);
    if (!readdirSync(jars).some((name) => name.startsWith('kafka_')))
      throw new CommandError('Maven fetched no kafka jar.');
    if (!existsSync(folder)) renameSync(jars, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return folder;
}
