import { setTimeout as sleep } from 'node:timers/promises';
import { partitionsPerTopic } from '#contracts';
import { WakeSignal, type Clock, type ConsumerStrategy, type GroupLag } from '#events';
import { statement, type UnitOfWork } from '#persistence';

/**
 * Tells whether a service has sent everything that its log held at its start. Rejects or returns false while that is
 * unknown.
 */
export type HasSentAll = (service: string) => Promise<boolean>;

export interface FirstReadParts {
  /** Groups whose rows commands need. */
  readonly groups: readonly string[];
  readonly unitOfWork: UnitOfWork;
  readonly strategy: Pick<ConsumerStrategy, 'lag' | 'followed'>;
  readonly hasSentAll: HasSentAll;
  readonly clock: Clock;
}

const lookEveryMs = 250;
const leaveAfterMs = 500;

const readOnce = statement('first-read-known', 'select group_name as "group" from first_read').reads<{
  group: string;
}>();
const keep = statement(
  'first-read-keep',
  'insert into first_read (group_name, at) values ($1, $2::timestamptz) on conflict do nothing',
);

/**
 * Groups that must once have read to the end that their topics had after every service had sent its backlog. Before that,
 * a command would be refused because of a row that has not arrived yet. The result is stored, so that a restarted service
 * serves immediately, even if the topics are unavailable.
 */
export class FirstRead {
  private readonly open: Map<string, string>;
  private readonly goals = new Map<string, ReadonlyMap<string, bigint>>();
  private readonly silent = new Set<string>();
  private readonly signal = new WakeSignal();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: FirstReadParts) {
    this.open = new Map(parts.groups.map((group) => [group, 'not begun']));
  }

  /** All groups that must have been read once. */
  get groups(): readonly string[] {
    return this.parts.groups;
  }

  /** Each group that has not been read once, and what it is waiting for. */
  get lacks(): readonly string[] {
    return [...this.open].map(([group, why]) => `${group} has not been read once: ${why}`);
  }

  /** Loads what earlier starts have read, then checks until everything is read. */
  async start(): Promise<void> {
    if (this.open.size === 0) return;
    const known = await this.parts.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(readOnce));
    known.forEach(({ group }) => this.open.delete(group));
    for (const group of this.open.keys())
      this.parts.strategy.followed(group).sources.forEach((each) => this.silent.add(each));
    this.running = this.look();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.wake();
    // a request to unavailable topics may outlive its caller; its answer is then useless
    await Promise.race([this.running, sleep(leaveAfterMs)]);
  }

  private async look(): Promise<void> {
    while (!this.stopping && this.open.size > 0) {
      try {
        await this.round();
      } catch {
        this.open.forEach((_, group) => this.open.set(group, 'the topics or the database do not answer'));
      }
      if (this.open.size > 0) await this.signal.wait(lookEveryMs);
    }
  }

  private async round(): Promise<void> {
    await Promise.all([...this.silent].map((source) => this.listenTo(source)));
    const ready = [...this.open.keys()].filter((group) => this.hasWholeBacklog(group));
    if (ready.length === 0) return;
    const lags = await this.parts.strategy.lag();
    for (const group of ready) {
      const own = lags.filter((lag) => lag.group === group);
      const left = this.leftOf(group, own);
      if (left === 0) await this.close(group);
      else this.open.set(group, left === undefined ? 'its topics are empty' : `${left} partitions to go`);
    }
  }

  private async listenTo(source: string): Promise<void> {
    if (await this.parts.hasSentAll(source).catch(() => false)) this.silent.delete(source);
  }

  private hasWholeBacklog(group: string): boolean {
    const waits = this.parts.strategy.followed(group).sources.filter((source) => this.silent.has(source));
    if (waits.length > 0) this.open.set(group, `waits for the backlog of ${waits.join(' and ')}`);
    return waits.length === 0;
  }

  /** How many partitions have not reached their goal; undefined before there is a goal. */
  private leftOf(group: string, own: readonly GroupLag[]): number | undefined {
    const { marked } = this.parts.strategy.followed(group);
    // each partition gets a mark: if one has none, its first mark is on its way
    const awaited = own.some(
      ({ topic, partition, end }) => marked.includes(topic) && partition < partitionsPerTopic && end === '0',
    );
    if (!this.goals.has(group)) {
      if (own.length === 0 || awaited) return undefined;
      this.goals.set(group, new Map(own.map((lag) => [placeOf(lag), BigInt(lag.end)])));
    }
    const goal = this.goals.get(group);
    return own.filter((lag) => BigInt(lag.next) < (goal?.get(placeOf(lag)) ?? 0n)).length;
  }

  private async close(group: string): Promise<void> {
    const { unitOfWork, clock } = this.parts;
    await unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(keep, [group, clock.now()]));
    this.open.delete(group);
  }
}

function placeOf({ topic, partition }: GroupLag): string {
  return `${topic}/${partition}`;
}
