import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ownKafka } from '#testing';
import type { TestDeployment } from '../../deployment.ts';
import { Person, until } from '../../stories/people.ts';
import { drafted, sent, type Items } from '../../stories/scene.ts';
import { kafkaPlace, readyOf, type KafkaPlace } from './kafka-deployment.ts';

const kafka = await ownKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has neither Docker nor Java to run a broker that may be stopped.
suite('Kafka stalls for 40 s under load', () => {
  let place: KafkaPlace;
  let deployment: TestDeployment;

  beforeAll(async () => {
    place = await kafkaPlace(kafka?.brokers ?? []);
    deployment = await place.open();
  }, 240_000);

  afterAll(async () => {
    kafka?.goOn();
    await deployment?.close();
    await place?.leave();
    await kafka?.close();
  }, 120_000);

  it('requests are answered, and the platform stays ready and says what lags [F4]', async () => {
    kafka?.stall();
    const until40s = Date.now() + 40_000;
    while (Date.now() < until40s) {
      await drafted(deployment, 'housing', 'harbor-beds');
      expect((await readyOf(deployment)).http).toBe(200);
      await pause(500);
    }
    const ready = await readyOf(deployment);
    expect(ready).toMatchObject({ http: 200, status: 'ready', missing: [] });
    expect(ready.behind?.some((each) => each.startsWith('referrals: relay: events have waited'))).toBe(true);
    expect(ready.behind?.some((each) => each.startsWith('coordination: transport: '))).toBe(true);
    kafka?.goOn();
  }, 120_000);

  it('when it continues, every group reads, and readiness recovers by itself [F2]', async () => {
    const { taskId } = await drafted(deployment, 'housing', 'harbor-beds');
    await until(
      () =>
        new Person(deployment, 'cora.coordinator').get<Items<{ taskId: string }>>('/api/coordination/board?limit=100'),
      (board) => JSON.stringify(board).includes(taskId),
      90,
    );
    const ready = await until(
      () => readyOf(deployment),
      ({ behind }) => behind === undefined,
      60,
    );
    expect(ready.services['coordination']?.checks['transport']).toEqual({
      ready: true,
      needed: false,
      detail: 'every group reads',
    });
    await sent(deployment);
  }, 180_000);
});
