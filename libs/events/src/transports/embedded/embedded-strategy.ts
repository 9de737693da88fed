import type { QueryArguments } from '#persistence';
import { WakeSignal, backOff } from '../../wake-signal.ts';
import { Contiguous } from '../../lanes/contiguous.ts';
import { systemRetryClock } from '../../lanes/retry-clock.ts';
import type { IncomingMessage } from '../../messages.ts';
import { reasonOf } from '../../reason.ts';
import { carrying, unusualCounts } from '../carrying.ts';
import { ConsumerStrategy } from '../consumer-strategy.ts';
import type { Reading } from '../consumer-strategy.ts';
import type { GroupLag, StrategyOptions, StrategyReadiness } from '../strategy-options.ts';
import { endsWithin } from '../within.ts';
import type { Announcements } from './announcements.ts';
import { commitStatement, fetchStatement, lagStatement } from './embedded.statements.ts';
import { PartitionClaims } from './partition-claims.ts';
import type { Claimable } from './partition-claims.ts';

/** The polling interval behind the signal, for events of another process whose NOTIFY was lost. */
const POLL_MS = 1_000;
const FETCH = 500;
const STOP_LIMIT_MS = 20_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** How a strategy reaches its topics. */
export interface EmbeddedWay {
  /** The URL for `<service>_app`. */
  readonly url: string;
  readonly announcements: Announcements;
  /** Lets the service's role read these topics. */
  readonly allow: (topics: readonly string[]) => Promise<void>;
}

/** Reads the topics of `embedded_transport` with the service's own connections. */
export class EmbeddedStrategy extends ConsumerStrategy {
  private readonly readings = new Map<string, Reading>();
  private readonly inFlight = new Map<string, Promise<void>>();
  private readonly troubles = new Map<string, string>();
  private readonly signal = new WakeSignal();
  private partitions = new Map<string, number>();
  private claims: PartitionClaims | undefined;
  private loop: Promise<void> = Promise.resolve();
  private stopListening = (): void => undefined;
  private opened = false;
  private closing = false;

  constructor(
    options: StrategyOptions,
    private readonly way: EmbeddedWay,
  ) {
    super(options);
  }

  override readiness(): StrategyReadiness {
    const troubles = [...this.troubles.values()];
    if (!this.opened) troubles.push('the consumers have not started');
    if (this.claims?.settled === false) troubles.push('waiting for partitions that another process still reads');
    const ready = troubles.length === 0;
    return {
      ready,
      detail: [...(ready ? ['every group reads'] : troubles), ...unusualCounts(this.partitions)].join('; '),
    };
  }

  override async lag(): Promise<readonly GroupLag[]> {
    const pairs = [...this.readings.values()].flatMap(({ handlers }) =>
      handlers.topics.map((topic) => ({ group: handlers.group, topic })),
    );
    if (pairs.length === 0) return [];
    return this.inSystem(lagStatement.reads<GroupLag>(), [
      pairs.map((each) => each.group),
      pairs.map((each) => each.topic),
    ]);
  }

  protected override async open(readings: readonly Reading[]): Promise<void> {
    this.opened = readings.length === 0;
    if (this.opened) return;
    readings.forEach((reading) => this.readings.set(reading.handlers.group, reading));
    await this.way.allow([...new Set(readings.flatMap(({ handlers }) => handlers.topics))]);
    const lags = await this.lag();
    const topics = new Set(lags.map((each) => each.topic));
    const missing = readings.flatMap(({ handlers }) => handlers.topics).filter((topic) => !topics.has(topic));
    if (missing.length > 0) throw new Error(`these topics must be prepared first: ${[...new Set(missing)].join(', ')}`);
    for (const { topic, partition } of lags) {
      this.partitions.set(topic, Math.max(partition + 1, this.partitions.get(topic) ?? 0));
    }
    this.claims = new PartitionClaims({
      url: this.way.url,
      claimables: lags.map(claimableOf),
      inUse: (id) => this.inFlight.has(id),
      onNews: () => this.signal.wake(),
      onTrouble: (error) => this.troubled(`claims: ${reasonOf(error)}`),
    });
    this.claims.start();
    this.stopListening = this.way.announcements.listen(() => this.signal.wake());
    this.loop = this.run();
    this.opened = true;
  }

  protected override async shut(): Promise<void> {
    this.closing = true;
    this.stopListening();
    this.signal.wake();
    const ended = await endsWithin(this.drained(), STOP_LIMIT_MS);
    if (!ended) this.troubled(`transactions still ran after ${STOP_LIMIT_MS} ms`);
    await this.claims?.stop();
  }

  private async drained(): Promise<void> {
    await this.loop;
    await Promise.all(this.inFlight.values());
  }

  private async run(): Promise<void> {
    while (!this.closing) {
      try {
        for (const lag of await this.lag()) this.startReading(lag);
        this.troubles.delete('lag');
      } catch (error) {
        this.troubles.set('lag', `the topics cannot be read: ${reasonOf(error)}`);
      }
      await this.signal.wait(POLL_MS);
    }
  }

  private startReading(lag: GroupLag): void {
    const { id } = claimableOf(lag);
    const reading = this.readings.get(lag.group);
    if (lag.lag <= 0 || reading === undefined || this.inFlight.has(id) || this.claims?.holds(id) !== true) return;
    const run = this.keepReading(id, lag, reading).finally(() => {
      this.inFlight.delete(id);
      // a partition that another process has taken over is that process's to report
      this.troubles.delete(id);
      this.signal.wake();
    });
    this.inFlight.set(id, run);
  }

  /** Runs until there is nothing more or the partition is no longer ours. Never rejects. */
  private async keepReading(id: string, lag: GroupLag, reading: Reading): Promise<void> {
    const goOn = (): boolean => !this.closing && this.claims?.holds(id) === true;
    let next = lag.next;
    for (let failures = 0; goOn();) {
      try {
        const after = await this.readOnce({ ...lag, next }, reading, goOn);
        this.troubles.delete(id);
        if (after === next) return;
        next = after;
        failures = 0;
      } catch (error) {
        const words = `${lag.group} stopped at ${lag.topic}/${lag.partition}: ${reasonOf(error)}`;
        this.troubles.set(id, words);
        this.troubled(words);
        await systemRetryClock.sleep(backOff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
        failures += 1;
        // What was done before it stopped is committed: start there.
        next = await this.committed(lag).catch(() => next);
      }
    }
  }

  /** One fetch, read and commit. Returns the next offset: the same one if there was nothing. */
  private async readOnce(lag: GroupLag, { reader }: Reading, goOn: () => boolean): Promise<string> {
    const { group, topic, partition, next } = lag;
    const messages = await this.inSystem(fetchStatement.reads<IncomingMessage>(), [topic, partition, next, FETCH]);
    const done = new Contiguous(messages.length);
    try {
      await reader.read(messages, carrying(this.partitions.get(topic) ?? 0), done, goOn);
    } finally {
      const last = messages[done.length - 1];
      if (last !== undefined) await this.commit(group, last);
    }
    const last = messages[done.length - 1];
    return last === undefined ? next : afterOf(last);
  }

  private async commit(group: string, last: IncomingMessage): Promise<void> {
    await this.inSystem(commitStatement, [group, last.topic, last.partition, afterOf(last)]);
  }

  private async committed(lag: GroupLag): Promise<string> {
    const found = (await this.lag()).find((each) => claimableOf(each).id === claimableOf(lag).id);
    return found?.next ?? lag.next;
  }

  private inSystem<Values extends readonly unknown[], Row>(
    ...asked: QueryArguments<Values, Row>
  ): Promise<readonly Row[]> {
    return this.slots.use(() => this.options.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(...asked)));
  }
}

function claimableOf({ group, topic, partition }: GroupLag): Claimable {
  return { id: `${group} ${topic}/${partition}`, group, topic, partition };
}

function afterOf(message: IncomingMessage): string {
  return (BigInt(message.offset) + 1n).toString();
}
