import { randomUUID } from 'node:crypto';
import { describe } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { Consumer, KafkaMessage } from 'kafkajs';
import { testKafka } from '#testing';
import type { CarriedBy } from '../testing/test-house.ts';
import { until } from '../testing/test-house.ts';
import type { IncomingMessage } from '../../messages.ts';
import { transportContract } from '../testing/transport.contract.ts';
import { kafkaTransport } from './kafka-transport.ts';

const kafka = await testKafka();

/** Reads the whole topic with kafkajs alone, so that what we send is seen as a stranger sees it. */
async function everything(brokers: readonly string[], topic: string): Promise<readonly IncomingMessage[]> {
  const client = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const total = offsets.reduce((sum, each) => sum + Number(each.high) - Number(each.low), 0);
  const consumer: Consumer = client.consumer({ groupId: `stranger-${randomUUID()}` });
  const found: IncomingMessage[] = [];
  const plain = (message: KafkaMessage): Pick<IncomingMessage, 'key' | 'value' | 'headers' | 'offset'> => ({
    offset: message.offset,
    key: message.key?.toString() ?? null,
    value: message.value?.toString() ?? '',
    headers: Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)])),
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      found.push({ topic, partition, ...plain(message) });
      return Promise.resolve();
    },
  });
  await until('the topic is read', () => found.length >= total);
  await consumer.disconnect();
  return found;
}

function carries(): Promise<CarriedBy> {
  const brokers = kafka?.brokers ?? [];
  const prefix = `${randomUUID()}.`;
  return Promise.resolve({
    transport: () => kafkaTransport({ brokers, prefix }),
    messages: (topic) => everything(brokers, `${prefix}${topic}`),
    close: () => Promise.resolve(),
  });
}

(kafka ? describe : describe.skip)('On real Kafka (needs KAFKA_BROKERS, Docker or Java)', () => {
  transportContract('kafka', carries);
});
