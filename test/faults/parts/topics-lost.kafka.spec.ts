import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';
import { partitionsPerTopic } from '#contracts';
import { kafkaTransport } from '#events';
import { testKafka } from '#testing';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { lagOf } from '../../stories/lag.ts';
import { Person, until } from '../../stories/people.ts';
import { act, inInbox, sent } from '../../stories/scene.ts';

interface Resend {
  readonly resendId: string;
  readonly state: string;
  readonly total: number;
  readonly sent: number;
}

interface Lag {
  readonly groups: readonly {
    readonly group: string;
    readonly lag: number;
    readonly partitions: readonly {
      readonly topic: string;
      readonly next: string;
      readonly end: string;
      readonly lag: number;
    }[];
  }[];
}

const kafka = await testKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has neither a broker, nor Docker, nor Java.
suite('the topics are lost', () => {
  const brokers = [...(kafka?.brokers ?? [])];
  const prefix = `t${randomBytes(6).toString('hex')}.`;
  const tellers = ['identity', 'directory', 'consent', 'referrals', 'notifications'];
  let deployment: TestDeployment;
  let client: Kafka;
  let admin: Admin;
  let pat: Person;
  let ines: Person;

  beforeAll(async () => {
    deployment = await openDeployment({ transport: () => kafkaTransport({ brokers, prefix }) });
    [pat, ines] = [new Person(deployment, 'pat.operator'), new Person(deployment, 'ines.harbor')];
    client = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING });
    admin = client.admin();
    await admin.connect();
  }, 240_000);

  afterAll(async () => {
    await admin?.disconnect();
    await deployment?.close();
  }, 60_000);

  const resent = async (service: string): Promise<Resend> => {
    const { resendId } = await pat.post<{ resendId: string }>(`/api/${service}/resends`, { all: true });
    const found = await until(
      async () => {
        const { items } = await pat.get<{ items: readonly Resend[] }>(`/api/${service}/resends`);
        return items.find((each) => each.resendId === resendId);
      },
      (each) => each?.state === 'done',
      60,
    );
    return found as Resend;
  };
  const everybodyHasRead = async (): Promise<void> => {
    for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
      await until(
        () => lagOf(pat, service),
        ({ relay, groups }) => relay.oldestUnsentAt === null && groups?.every(({ lag }) => lag === 0) === true,
        90,
      );
    }
  };

  it('are created again when something is sent, and an operator resends their content [F6]', async () => {
    const { taskId } = await sent(deployment);
    await inInbox(ines, taskId);
    await deployment.settle();
    // When all topics are deleted, as in a new cluster
    const names = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
    expect(names.length).toBeGreaterThanOrEqual(tellers.length);
    await admin.deleteTopics({ topics: names });
    const gone = Date.now();
    // Then commands are accepted, and their events arrive
    await act(ines, taskId, 'acknowledge', {});
    await everybodyHasRead();
    process.stdout.write(`topics deleted: made again and read ${Date.now() - gone} ms after\n`);
    const again = await sent(deployment);
    await inInbox(ines, again.taskId);

    // And each log is in its topic again completely, each stream in order
    for (const service of tellers) {
      const { total, sent: many } = await resent(service);
      expect([service, many]).toEqual([service, total]);
    }
    const versions = await versionsIn(client, `${prefix}referrals.events`);
    expect(versions.size).toBeGreaterThanOrEqual(2);
    const logged = (await resent('referrals')).total;
    expect([...versions.values()].reduce((sum, each) => sum + new Set(each).size, 0)).toBeGreaterThanOrEqual(logged);
    // And nobody was notified twice, and nothing is parked
    await everybodyHasRead();
    for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
      expect((await pat.get<{ items: readonly object[] }>(`/api/${service}/parked`)).items).toEqual([]);
    }
    await inInbox(ines, again.taskId);
  }, 240_000);

  it('show their true lag if groups were set beyond the end, and are read from their beginning [F13]', async () => {
    // Given a cluster with group offsets far beyond the end of empty topics
    const other = `t${randomBytes(6).toString('hex')}.`;
    const readers = ['referrals', 'consent', 'notifications', 'coordination'];
    const lags = await Promise.all(readers.map((service) => pat.get<Lag>(`/api/${service}/lag`)));
    const places = lags.flatMap(({ groups }) =>
      groups.flatMap(({ group, partitions }) =>
        [...new Set(partitions.map(({ topic }) => topic))].map((topic) => ({ group, topic })),
      ),
    );
    const topics = [...new Set(places.map(({ topic }) => topic))];
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((topic) => ({ topic: `${other}${topic}`, numPartitions: partitionsPerTopic })),
    });
    const partitions = Array.from({ length: partitionsPerTopic }, (_, partition) => ({ partition, offset: '1000' }));
    // each call joins the group, which takes seconds: the groups go in parallel
    const setGroup = async (group: string): Promise<void> => {
      for (const { topic } of places.filter((place) => place.group === group)) {
        await admin.setOffsets({ groupId: `${other}${group}`, topic: `${other}${topic}`, partitions });
      }
    };
    await Promise.all([...new Set(places.map(({ group }) => group))].map(setGroup));
    // When the platform reads there
    const second = await openDeployment({ transport: () => kafkaTransport({ brokers, prefix: other }) });
    try {
      await inInbox(new Person(second, 'ines.harbor'), (await sent(second)).taskId);
      await second.settle();
      // Then an empty partition has no lag, and no other has any
      const operator = new Person(second, 'pat.operator');
      for (const service of readers) {
        const { groups } = await until(
          () => operator.get<Lag>(`/api/${service}/lag`),
          (found) => found.groups.every(({ lag }) => lag === 0),
        );
        const odd = groups.flatMap(({ partitions }) =>
          partitions.filter(({ next, end, lag }) => lag !== 0 || BigInt(next) < 0n || next !== end),
        );
        expect(odd).toEqual([]);
      }
    } finally {
      await second.close();
    }
  }, 240_000);
});

/** The versions of each stream in a topic, in the order of the topic. */
async function versionsIn(client: Kafka, topic: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  const admin = client.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const all = offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
  const consumer = client.consumer({ groupId: `look-${randomBytes(6).toString('hex')}` });
  let read = 0;
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      read += 1;
      const key = message.key?.toString();
      const version = Number(String(message.headers?.['ce_streamversion'] ?? 0));
      if (key !== undefined) found.set(key, [...(found.get(key) ?? []), version]);
      return Promise.resolve();
    },
  });
  await until(
    () => Promise.resolve(read),
    (many) => many >= all,
    60,
  );
  await consumer.disconnect();
  return found;
}
