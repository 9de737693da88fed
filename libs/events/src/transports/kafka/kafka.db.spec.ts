import { randomUUID } from 'node:crypto';
import { describe } from '@jest/globals';
import { testKafka } from '#testing';
import type { CarriedBy } from '../testing/reader-bench.ts';
import { transportContract } from '../testing/transport.contract.ts';
import { kafkaTransport } from './kafka-transport.ts';
import { everythingIn } from './testing/stranger.ts';

const kafka = await testKafka();

function carries(): Promise<CarriedBy> {
  const brokers = kafka?.brokers ?? [];
  const prefix = `${randomUUID()}.`;
  return Promise.resolve({
    transport: () => kafkaTransport({ brokers, prefix }),
    messages: (topic) => everythingIn(brokers, `${prefix}${topic}`),
    close: () => Promise.resolve(),
  });
}

(kafka ? describe : describe.skip)('On real Kafka (needs KAFKA_BROKERS, Docker or Java)', () => {
  transportContract('kafka', carries);
});
