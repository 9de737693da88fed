import { describe, expect, it } from '@jest/globals';
import type { Admin } from 'kafkajs';
import { KafkaAdmin } from './kafka-admin.ts';

/** Each connection's answer to `fetchTopicMetadata`. */
function connecting(...answers: readonly Promise<unknown>[]): { opened: number; admin: () => Admin } {
  const used = {
    opened: 0,
    admin: () => {
      const answer = answers[used.opened];
      used.opened += 1;
      const of = { connect: () => Promise.resolve(), disconnect: () => Promise.resolve() };
      return { ...of, fetchTopicMetadata: () => answer } as unknown as Admin;
    },
  };
  return used;
}

describe('A question to Kafka', () => {
  const answer = { topics: [{ name: 'referrals.events', partitions: [{}, {}] }] };

  it('that is never answered fails, and the next one uses another connection', async () => {
    const kafka = connecting(new Promise(() => undefined), Promise.resolve(answer));
    const admin = new KafkaAdmin(kafka, 20);
    await expect(admin.partitionsOf(['referrals.events'])).rejects.toThrow('did not answer within 20 ms');
    expect(await admin.partitionsOf(['referrals.events'])).toEqual(new Map([['referrals.events', 2]]));
    expect(kafka.opened).toBe(2);
  });
});
