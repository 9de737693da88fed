import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';
import { systemPace } from '../../lanes/pace.ts';
import type { GroupLag } from '../strategy-options.ts';
import { endsWithin } from '../within.ts';

const CLOSE_MS = 5_000;
/** Whoever asks asks again later by themselves: one question must not hold them for minutes. */
const REPEATS_FOR_MS = 5_000;
const REPEAT_MS = 250;

/** Questions to the cluster, over one connection that is made when first needed and again after a fault. */
export class KafkaAdmin {
  private admin: Promise<Admin> | undefined;

  constructor(private readonly kafka: Pick<Kafka, 'admin'>) {}

  /**
   * Makes topics that are missing, with the broker's own replication. What the cluster's rules leave to another service
   * is made by that one.
   */
  async prepare(topics: readonly string[], partitions: number): Promise<void> {
    await this.ask(async (admin) => {
      const known = new Set(await admin.listTopics());
      const missing = topics.filter((topic) => !known.has(topic));
      try {
        // Two processes may both find it missing: kafkajs then answers false instead of throwing.
        await admin.createTopics({
          waitForLeaders: true,
          topics: missing.map((topic) => ({ topic, numPartitions: partitions })),
        });
      } catch (error) {
        if (!isOfAnother(error)) throw error;
      }
    });
  }

  /** Throws when one of the topics does not exist. */
  async partitionsOf(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.ask((admin) => admin.fetchTopicMetadata({ topics: [...topics] }));
    return new Map(found.topics.map((each) => [each.name, each.partitions.length]));
  }

  /** Names are those of the cluster. */
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
    // One that is still connecting gives up by itself, later than anybody would wait for it.
    const ended = used?.then((admin) => admin.disconnect()).catch(() => undefined);
    if (ended !== undefined) await endsWithin(ended, CLOSE_MS);
  }

  private async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const began = performance.now();
    for (;;) {
      const used = (this.admin ??= this.connect());
      const admin = await used.catch(async (error: unknown) => {
        if (this.admin === used) await this.close();
        throw error;
      });
      try {
        return await question(admin);
      } catch (error) {
        // Several ask over one connection: whoever meets a fault closes it under the others, who ask again.
        const closedMeanwhile = this.admin !== used;
        if (!closedMeanwhile) await this.close();
        if (!(closedMeanwhile || mayPass(error)) || performance.now() - began > REPEATS_FOR_MS) throw error;
        await systemPace.sleep(REPEAT_MS);
      }
    }
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}

/** Every topic that was not made exists or may not be made by us. */
function isOfAnother(error: unknown): boolean {
  if (!(error instanceof kafkajs.KafkaJSAggregateError)) return false;
  const left = ['TOPIC_ALREADY_EXISTS', 'TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'];
  return error.errors.every((each) => left.includes((each as { readonly type?: string }).type ?? ''));
}

/** Whether the cluster does not know the topic: it was deleted, or another cluster stands at the address. */
export function isUnknownTopic(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { type, cause } = error as Error & { readonly type?: unknown };
  return type === 'UNKNOWN_TOPIC_OR_PARTITION' || isUnknownTopic(cause);
}

/**
 * Where a group that committed this offset goes on. Nothing is committed (-1), kafkajs has written down "from the
 * beginning" (-2, after an offset that was out of range), or the offset lies outside what is kept: where the topic begins.
 */
export function readsFrom(committed: string, { low, high }: { readonly low: string; readonly high: string }): string {
  const [own, first, end] = [BigInt(committed), BigInt(low), BigInt(high)];
  return own < first || own > end ? low : committed;
}

/**
 * A leader or coordinator is being chosen, as on a cluster that has just started; or no broker answered, which kafkajs
 * swallows and then reads from null (src/cluster/brokerPool.js, withBroker).
 */
function mayPass(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof kafkajs.KafkaJSProtocolError && error.retriable);
}
