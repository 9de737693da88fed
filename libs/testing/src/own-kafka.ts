import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '#persistence';
import { startByJava, startInDocker, type FoundKafka } from './kafka.ts';

/** A broker that one suite may stop and start: the others use another one. */
export interface OwnKafka {
  readonly brokers: readonly string[];
  /** Shuts it down in order; its topics stay. */
  stop(): Promise<void>;
  /** Restarts it at the same address. */
  start(): Promise<void>;
  /** It keeps its connections and is silent, like a stalled machine. */
  stall(): void;
  /** It continues where it was. */
  goOn(): void;
  close(): Promise<void>;
}

const STOP_LIMIT_MS = 30_000;

/** Uses Docker, otherwise the machine's Java; undefined if there is neither. With `REQUIRE_KAFKA=1` that is an error. */
export async function ownKafka(): Promise<OwnKafka | undefined> {
  const inDocker = await startInDocker();
  if (inDocker.container !== undefined) return ofContainer(inDocker, inDocker.container);
  const folder = join(process.env['TEST_KAFKA_RUN'] ?? '', `own-${process.pid}`);
  const byJava = await startByJava(folder);
  if (byJava.brokers !== undefined) return ofProcess(byJava, folder);
  const why = `no Kafka that may be stopped: ${inDocker.none ?? ''}; ${byJava.none ?? ''}`;
  if (process.env['REQUIRE_KAFKA'] === '1') throw new Error(why);
  process.stderr.write(`\nSKIPPED: the suites that stop Kafka. ${why}\n\n`);
  return undefined;
}

function ofContainer({ brokers = [] }: FoundKafka, container: string): OwnKafka {
  const docker = (...args: readonly string[]): Promise<void> => {
    const { status, stderr } = spawnSync('docker', [...args, container], { encoding: 'utf8' });
    return status === 0 ? Promise.resolve() : Promise.reject(new Error(stderr));
  };
  return {
    brokers,
    stop: () => docker('stop'),
    start: () => docker('start'),
    stall: () => void docker('pause'),
    goOn: () => void docker('unpause'),
    close: () => docker('rm', '--force', '--volumes'),
  };
}

function ofProcess({ brokers = [], pid = 0 }: FoundKafka, folder: string): OwnKafka {
  const port = Number(brokers[0]?.split(':')[1]);
  let running = pid;
  const stop = async (): Promise<void> => {
    if (running !== 0) process.kill(running, 'SIGTERM');
    const begun = performance.now();
    while (running !== 0 && isAlive(running)) {
      if (performance.now() - begun > STOP_LIMIT_MS) throw new Error('the broker does not end');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    running = 0;
  };
  return {
    brokers,
    stop,
    stall: () => signalBroker(running, 'STOP'),
    goOn: () => signalBroker(running, 'CONT'),
    start: async () => {
      const again = await startByJava(folder, port);
      if (again.pid === undefined) throw new Error(again.none);
      running = again.pid;
    },
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The broker is the child of the process that we started. */
function signalBroker(parent: number, signal: 'STOP' | 'CONT'): void {
  const { status, stderr } = spawnSync('pkill', [`-${signal}`, '-P', String(parent)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the broker did not take the signal ${signal}: ${stderr}`);
}
