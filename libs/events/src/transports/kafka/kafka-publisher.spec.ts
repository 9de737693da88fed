import { describe, expect, it } from '@jest/globals';
import type { Kafka, Producer, ProducerConfig, ProducerRecord, RecordMetadata } from 'kafkajs';
import { seededIds } from '#testing';
import { Streams, key } from '../testing/test-events.ts';
import { KafkaPublisher } from './kafka-publisher.ts';

type Answer = (record: ProducerRecord, asked: readonly number[]) => Promise<RecordMetadata[]>;

/** The broker's metadata, without a broker: we call the partitioner as kafkajs calls it. */
function stub(answer: Answer): { kafka: Pick<Kafka, 'producer'>; made: ProducerConfig[]; closed: number[] } {
  const made: ProducerConfig[] = [];
  const closed: number[] = [];
  const producer = (config: ProducerConfig = {}): Producer => {
    const id = made.push(config);
    const choose = config.createPartitioner?.();
    const partitionMetadata = [0, 1, 2].map((partitionId) => ({ partitionId, leader: 1 }));
    return {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(void closed.push(id)),
      send: (record: ProducerRecord) =>
        answer(
          record,
          record.messages.map((message) =>
            Number(choose?.({ topic: record.topic, message, partitionMetadata: partitionMetadata as never })),
          ),
        ),
    } as unknown as Producer;
  };
  return { kafka: { producer }, made, closed };
}

const stored = (topic: string, partitions: readonly number[]): RecordMetadata[] =>
  [...new Set(partitions)].map((partition) => ({ topicName: topic, partition, errorCode: 0 }));
const messages = new Streams(seededIds()).many(12, [key(1), key(2), key(3), key(4), key(5), key(6)]);
const publisherOf = (kafka: Pick<Kafka, 'producer'>): KafkaPublisher =>
  new KafkaPublisher({ kafka, nameOf: (topic) => `p.${topic}`, countOf: () => Promise.resolve(3) });

describe('Publishing to Kafka', () => {
  it('asks for every replica and for idempotence, and names the topic as the cluster does', async () => {
    const records: ProducerRecord[] = [];
    const { kafka, made } = stub((record, asked) => {
      records.push(record);
      return Promise.resolve(stored(record.topic, asked));
    });
    await publisherOf(kafka).send('referrals.events', messages);
    expect(made).toMatchObject([{ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false }]);
    expect(records).toMatchObject([{ topic: 'p.referrals.events', acks: -1 }]);
    expect(records[0]?.messages.map((each) => each.value)).toEqual(messages.map((each) => each.value));
  });

  it('runs one send at a time, however many are requested together', async () => {
    let running = 0;
    let most = 0;
    const { kafka } = stub(async (record, asked) => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return stored(record.topic, asked);
    });
    const publisher = publisherOf(kafka);
    await Promise.all(messages.map((each) => publisher.send('referrals.events', [each])));
    expect(most).toBe(1);
  });

  it('drops the producer after a rejection and uses a new one', async () => {
    let fails = true;
    const { kafka, made, closed } = stub((record, asked) =>
      fails ? Promise.reject(new Error('lost')) : Promise.resolve(stored(record.topic, asked)),
    );
    const publisher = publisherOf(kafka);
    await expect(publisher.send('referrals.events', messages)).rejects.toThrow('lost');
    expect(closed).toEqual([1]);
    fails = false;
    await publisher.send('referrals.events', messages);
    expect(made).toHaveLength(2);
    await publisher.close();
    expect(closed).toEqual([1, 2]);
  });

  it('treats an answer that does not name every partition as a rejection', async () => {
    const { kafka, closed } = stub((record, asked) => Promise.resolve(stored(record.topic, asked).slice(1)));
    await expect(publisherOf(kafka).send('referrals.events', messages)).rejects.toThrow('no answer for the partitions');
    expect(closed).toEqual([1]);
  });
});
