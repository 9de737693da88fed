import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { until } from '../people.ts';

export interface TopicRecord {
  /** As text, by name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An outsider's view of a topic: only kafkajs, its own group, from the beginning. `text`: all bodies and headers. */
export async function everythingIn(
  brokers: readonly string[],
  topic: string,
): Promise<{ readonly records: readonly TopicRecord[]; readonly text: string }> {
  const client = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const total = offsets.reduce((sum, each) => sum + Number(each.high) - Number(each.low), 0);
  const consumer = client.consumer({ groupId: `stranger-${randomUUID()}` });
  const records: TopicRecord[] = [];
  let text = '';
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
      records.push({ headers: Object.fromEntries(headers) });
      text += `${String(message.value)} ${JSON.stringify(headers)}\n`;
      return Promise.resolve();
    },
  });
  await until(
    () => Promise.resolve(records.length),
    (read) => read >= total,
  );
  await consumer.disconnect();
  return { records, text };
}
