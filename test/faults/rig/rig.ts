import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#persistence';
import { ownPostgres, type OwnPostgres } from '#testing';
import { openFront } from '../../front.ts';
import { testSecrets } from '../../deployment.ts';
import { build, startProgram, type Started } from '../../started.ts';
import { Person, until, type Deployment } from '../../stories/people.ts';
import { lagOf } from '../../stories/lag.ts';
import { clientOf, needBody } from '../../stories/scene.ts';

/** Every service, all in one process, as one of several instances that share the database. */
export interface Instance {
  readonly name: string;
  /** People who call only this instance, and see each of its answers. */
  readonly deployment: Deployment;
  /** How many requests the front has sent to it. */
  readonly requests: () => number;
  /** Starts the process, without waiting until it serves. */
  start(): Started;
  /** Resolves when the process has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  readonly said: () => string;
  /** Tells whether it has ended without having been stopped. */
  readonly endedAlone: () => boolean;
  readonly runs: boolean;
}

/** Two instances of the whole platform, on one PostgreSQL that may be stopped, behind one address. */
export interface Rig {
  readonly postgres: OwnPostgres;
  readonly instances: readonly [Instance, Instance];
  /** People who use the common address, and repeat requests that got 503 or were cut off. */
  readonly people: Deployment;
  close(): Promise<void>;
}

/** Two instances have 12 services with at most 16 connections each; the rest is for the observers. */
const settings = { max_connections: '220', log_lock_waits: 'on' };

/** Builds what the processes run first. With `brokers` events use Kafka, otherwise the same PostgreSQL. */
export async function openRig(brokers: readonly string[] = []): Promise<Rig> {
  await build();
  const folder = mkdtempSync(join(tmpdir(), 'fault-rig-'));
  const secretsFile = join(folder, 'secrets.json');
  writeFileSync(secretsFile, JSON.stringify(testSecrets()), { mode: 0o600 });
  const postgres = await ownPostgres(settings);
  const instances: InstanceOfRig[] = [];
  let turn = 0;
  const front = await openFront(() => {
    const running = instances.filter((each) => each.runs);
    turn += 1;
    return running[turn % running.length]?.serve();
  });
  const address = `http://127.0.0.1:${front.port}`;
  for (const name of ['one', 'two']) {
    const port = await freePort(20_000 + Math.floor(Math.random() * 8_000));
    const environment = {
      ...{ DATABASE_URL: postgres.adminUrl, SECRETS_FILE: secretsFile, DATA_DIR: join(folder, name) },
      ...{ PUBLIC_URL: address, HOST: '127.0.0.1', PORT: String(port), DEMO: '1', LOG_LEVEL: 'error' },
      ...{ KAFKA_BROKERS: brokers.join(','), KAFKA_PREFIX: `rig-${front.port}-`, REQUESTS_PER_MINUTE: '0' },
    };
    instances.push(new InstanceOfRig(name, port, environment));
  }
  const close = async (): Promise<void> => {
    await Promise.all(instances.map((each) => each.stop()));
    await front.close();
    await postgres.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const [one, two] = instances as [InstanceOfRig, InstanceOfRig];
  const rig: Rig = { postgres, instances: [one, two], people: { baseOf: () => address, patient: true }, close };
  try {
    one.start();
    two.start();
    await isWhole(rig, 120);
    return rig;
  } catch (error) {
    process.stderr.write(deadlocksInLog(rig).join('\n'));
    await close();
    throw error;
  }
}

/** Each deadlock that PostgreSQL had to break, from its own log: who waited for whom, with which statements. */
export function deadlocksInLog({ postgres }: Pick<Rig, 'postgres'>): readonly string[] {
  return (
    postgres.log().match(/^.*ERROR: {2}deadlock detected\n(?:.*(?:DETAIL|HINT|CONTEXT|STATEMENT):.*\n|\t.*\n)*/gm) ?? []
  );
}

class InstanceOfRig implements Instance {
  readonly deployment: Deployment;
  private program: Started | undefined;
  private saidBefore = '';
  private handed = 0;

  constructor(
    readonly name: string,
    private readonly port: number,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    this.deployment = { baseOf: () => `http://127.0.0.1:${port}` };
  }

  get runs(): boolean {
    return this.program !== undefined;
  }

  requests = (): number => this.handed;

  serve(): number {
    this.handed += 1;
    return this.port;
  }

  start(): Started {
    const program = startProgram('platform', this.environment);
    this.program = program;
    return program;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { program } = this;
    // a load balancer sends nothing more to an instance that is stopping
    this.program = undefined;
    await program?.stop(signal);
    this.saidBefore += program?.said() ?? '';
  }

  said = (): string => this.saidBefore + (this.program?.said() ?? '');

  endedAlone = (): boolean => this.program !== undefined && this.program.process.exitCode !== null;
}

/** The time until every running instance answers a read and a command successfully; in milliseconds. */
export async function serves(rig: Rig, seconds: number): Promise<number> {
  const begun = performance.now();
  for (const { deployment } of rig.instances.filter(({ runs }) => runs)) {
    await until(
      () => commands(deployment),
      (status) => status === 201,
      seconds,
    );
  }
  return Math.round(performance.now() - begun);
}

async function commands(deployment: Deployment): Promise<number> {
  const refer = { client: clientOf(), priority: 'routine', needs: [needBody('housing', 'harbor-beds', [])] };
  try {
    return (await new Person(deployment, 'dana.planner').command('POST', '/api/referrals/referrals', refer)).status;
  } catch {
    return 0;
  }
}

interface Ready {
  readonly status: string;
  readonly behind?: readonly string[];
  readonly missing: readonly string[];
}

const senders = ['identity', 'directory', 'referrals', 'consent', 'notifications', 'coordination'];

/** The time until every running instance is ready, nothing lags, and everything is read; in milliseconds. */
export async function isWhole(rig: Rig, seconds: number): Promise<number> {
  const begun = performance.now();
  for (const instance of rig.instances.filter(({ runs }) => runs)) {
    await until(
      () => lacks(instance),
      (lacking) => lacking.length === 0,
      seconds,
    );
  }
  return Math.round(performance.now() - begun);
}

/** Sentences about what is missing or behind in this instance. */
async function lacks({ deployment, name, endedAlone, said }: Instance): Promise<readonly string[]> {
  if (endedAlone()) throw new Error(`instance ${name} has ended by itself:\n${said()}`);
  try {
    const ready = (await (await fetch(`${deployment.baseOf('')}/health/ready`)).json()) as Ready;
    if (ready.status !== 'ready' || ready.behind !== undefined) return [...ready.missing, ...(ready.behind ?? [])];
    const pat = new Person(deployment, 'pat.operator');
    const lags = await Promise.all(senders.map(async (service) => ({ service, lag: await lagOf(pat, service) })));
    return lags.flatMap(({ service, lag: { relay, groups } }) => [
      ...(relay.oldestUnsentAt === null ? [] : [`${service} has not sent everything`]),
      ...(groups?.every(({ lag }) => lag === 0) === true ? [] : [`${service} has not read everything`]),
    ]);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
