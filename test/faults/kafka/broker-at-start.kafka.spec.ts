import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { topics } from '#contracts';
import { ownKafka } from '#testing';
import type { TestDeployment } from '../../deployment.ts';
import { Person, until } from '../../stories/people.ts';
import { drafted, sent, task, type Items } from '../../stories/scene.ts';
import { kafkaPlace, readyOf, type KafkaPlace } from './kafka-deployment.ts';

const kafka = await ownKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has neither Docker nor Java to run a broker that may be stopped.
suite('A platform that starts', () => {
  let place: KafkaPlace;
  let deployment: TestDeployment | undefined;
  const brokers = kafka?.brokers ?? [];
  const opened = (): TestDeployment => deployment as TestDeployment;

  beforeAll(async () => {
    place = await kafkaPlace(brokers);
  }, 60_000);

  afterAll(async () => {
    await deployment?.close();
    await place?.leave();
    await kafka?.close();
  }, 120_000);

  const again = async (how?: Parameters<KafkaPlace['open']>[0]): Promise<void> => {
    await deployment?.close();
    deployment = await place.open(how);
  };

  it('is not ready for the first time while Kafka is away, and says what has not been read [F12]', async () => {
    await kafka?.stop();
    await again({ unsettled: true });
    const ready = await readyOf(opened());
    await kafka?.start();
    expect(ready.http).toBe(503);
    expect(ready.missing.find((each) => each.startsWith('referrals: replicas'))).toContain(
      'referrals.copies has not been read once',
    );
    expect(place.logged.join('\n')).toContain('waiting for Kafka');
  }, 120_000);

  it('serves the first command at the moment when it is ready for the first time [F12]', async () => {
    await until(
      () => readyOf(opened()),
      ({ http }) => http === 200,
      90,
    );
    // no pause: a referral names a service, a consent names organizations, and the view of consent must be fresh
    const { taskId } = await sent(opened());
    expect((await task(new Person(opened(), 'dana.planner'), taskId)).state).toBe('sent');
    await until(
      () => Promise.resolve(place.logged.at(-1)),
      (words) => words === 'Kafka answers, its topics are there',
    );
  }, 120_000);

  it('accepts commands immediately while Kafka is away, says what it waits for, and sends when it is back [F3]', async () => {
    await deployment?.close();
    await kafka?.stop();
    deployment = await place.open({ unsettled: true });
    const { taskId, serviceRequestId } = await drafted(opened(), 'housing', 'harbor-beds');
    expect((await task(new Person(opened(), 'dana.planner'), taskId)).state).toBe('draft');
    const ready = await readyOf(opened());
    expect([ready.http, ready.missing]).toEqual([200, []]);
    expect(ready.behind?.join('\n')).toContain('waits for Kafka');
    expect(JSON.stringify(ready)).not.toContain('127.0.0.1');
    await kafka?.start();
    await until(
      () =>
        new Person(opened(), 'cora.coordinator').get<Items<{ serviceRequestId: string }>>('/api/coordination/board'),
      ({ items }) => items.some((row) => row.serviceRequestId === serviceRequestId),
      90,
    );
    await until(
      () => readyOf(opened()),
      ({ behind }) => behind === undefined,
      60,
    );
  }, 240_000);

  it('works with the cluster’s own number of partitions, and reports it [F5]', async () => {
    const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const topicPartitions = topics.map((topic) => ({ topic: `${place.prefix}${topic}`, count: 8 }));
    await admin.createPartitions({ topicPartitions });
    await admin.disconnect();
    // While it runs
    await sent(opened());
    await kafka?.stop();
    await kafka?.start();
    await until(
      () => readyOf(opened()),
      ({ services }) => services['referrals']?.checks['transport']?.detail.includes('8 partitions') === true,
      90,
    );
    await until(
      () => readyOf(opened()),
      ({ behind }) => behind === undefined,
      60,
    );
    await sent(opened());
    // And when it is restarted, after the first watermarks have become too old
    let aheadMs = 0;
    await again({ clock: { now: () => new Date(Date.now() + aheadMs).toISOString() } });
    await sent(opened());
    aheadMs = 61_000;
    expect((await readyOf(opened())).behind?.join('\n')).toContain('consent');
    await until(
      () => readyOf(opened()),
      ({ behind }) => behind === undefined,
      60,
    );
    await sent(opened());
    const ready = await readyOf(opened());
    expect([ready.http, ready.behind]).toEqual([200, undefined]);
    expect(ready.services['coordination']?.checks['transport']?.detail).toContain(
      'referrals.events has 8 partitions, of which the first 6 carry events',
    );
  }, 400_000);
});
