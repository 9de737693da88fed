import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';
import { systemRetryClock } from '../../lanes/retry-clock.ts';
import type { GroupLag } from '../strategy-options.ts';
import { endsWithin } from '../within.ts';

const CLOSE_MS = 5_000;
/** The callers ask again later by themselves, so one request must not block them for minutes. */
const REPEATS_FOR_MS = 5_000;
const REPEAT_MS = 250;
/** kafkajs leaves some requests without an end when a connection breaks. */
const ANSWER_MS = 15_000;

/** Requests to the cluster over one connection, opened on first use and again after a fault. */
export class KafkaAdmin {
  private admin: Promise<Admin> | undefined;

  constructor(
    private readonly kafka: Pick<Kafka, 'admin'>,
    private readonly answerMs = ANSWER_MS,
  ) {}

  /**
   * Creates missing topics with the broker's default replication. Topics that the cluster's rules reserve for another
   * service are created by that service.
   */
  async prepare(topics: readonly string[], partitions: number): Promise<void> {
    await this.ask(async (admin) => {
      const known = new Set(await admin.listTopics());
      const missing = topics.filter((topic) => !known.has(topic));
      try {
        // Two processes may both find it missing: then kafkajs returns false instead of throwing.
        await admin.createTopics({
          waitForLeaders: true,
          topics: missing.map((topic) => ({ topic, numPartitions: partitions })),
        });
      } catch (error) {
        if (!isOfAnother(error)) throw error;
      }
    });
  }

  /** Throws if one of the topics does not exist. */
  async partitionsOf(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.ask((admin) => admin.fetchTopicMetadata({ topics: [...topics] }));
    return new Map(found.topics.map((each) => [each.name, each.partitions.length]));
  }

  /** Uses the names in the cluster. */
  async lag(group: string, topics: readonly string[]): Promise<readonly GroupLag[]> {
    return this.ask(async (admin) => {
      const committed = await admin.fetchOffsets({ groupId: group, topics: [...topics] });
      const next = new Map(
        committed.flatMap(({ topic, partitions }) => partitions.map((p) => [`${topic}/${p.partition}`, p.offset])),
      );
      const lags: GroupLag[] = [];
      for (const topic of topics) {
        for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
          const from = readsFrom(next.get(`${topic}/${partition}`) ?? '-1', { low, high });
          lags.push({ group, topic, partition, next: from, end: high, lag: Number(BigInt(high) - BigInt(from)) });
        }
      }
      return lags;
    });
  }

  async close(): Promise<void> {
    const used = this.admin;
    this.admin = undefined;
    // A connection attempt times out by itself, but later than we want to wait.
    const ended = used?.then((admin) => admin.disconnect()).catch(() => undefined);
    if (ended !== undefined) await endsWithin(ended, CLOSE_MS);
  }

  private async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const began = performance.now();
    for (;;) {
      const used = (this.admin ??= this.connect());
      const admin = await this.answered(used).catch(async (error: unknown) => {
        if (this.admin === used) await this.close();
        throw error;
      });
      try {
        return await this.answered(question(admin));
      } catch (error) {
        // Several callers share one connection: one that meets a fault closes it for the others too, and they ask again.
        const closedMeanwhile = this.admin !== used;
        if (!closedMeanwhile) await this.close();
        if (!(closedMeanwhile || mayPass(error)) || performance.now() - began > REPEATS_FOR_MS) throw error;
        await systemRetryClock.sleep(REPEAT_MS);
      }
    }
  }

  private async answered<T>(request: Promise<T>): Promise<T> {
    if (await endsWithin(request, this.answerMs)) return request;
    throw new Error(`Kafka did not answer within ${this.answerMs} ms`);
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}

/** True if every topic that was not created exists, or we may not create it. */
function isOfAnother(error: unknown): boolean {
  if (!(error instanceof kafkajs.KafkaJSAggregateError)) return false;
  const left = ['TOPIC_ALREADY_EXISTS', 'TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'];
  return error.errors.every((each) => left.includes((each as { readonly type?: string }).type ?? ''));
}

/** Tells whether the cluster does not know the topic: it was deleted, or another cluster uses the address. */
export function isUnknownTopic(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { type, cause } = error as Error & { readonly type?: unknown };
  return type === 'UNKNOWN_TOPIC_OR_PARTITION' || isUnknownTopic(cause);
}

/**
 * Where a group with this committed offset continues. It is the beginning of the topic if nothing is committed (-1), if
 * kafkajs has stored "from the beginning" (-2, after an offset that was out of range), or if the offset is outside the
 * retained range.
 */
function readsFrom(committed: string, { low, high }: { readonly low: string; readonly high: string }): string {
  const [own, first, end] = [BigInt(committed), BigInt(low), BigInt(high)];
  return own < first || own > end ? low : committed;
}

/**
 * A leader or coordinator is being elected, as in a cluster that has just started. Or no broker answered: kafkajs
 * swallows that error and then reads from null (src/cluster/brokerPool.js, withBroker).
 */
function mayPass(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof kafkajs.KafkaJSProtocolError && error.retriable);
}
